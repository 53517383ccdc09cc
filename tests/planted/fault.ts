/** A fault that somebody could make, and the tests that must not let it pass. */
export interface PlantedFault {
  readonly name: string;
  /** The file of the project that it is planted in. */
  readonly file: string;
  /** A text that stands there once, and what the fault makes of it. */
  readonly find: string;
  readonly replace: string;
  /** Files of tests of which at least one must fail, the quickest first. */
  readonly caughtBy: readonly string[];
  /** Part of the name of the tests to run, where the whole file would take minutes. */
  readonly only?: string;
}
