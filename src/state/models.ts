import { type Accessor, createSignal } from 'solid-js';
import type { ModelOffer, ModelOrigin } from '../engine/engine.ts';
import type { Store } from '../store/store.ts';
import { laterTexts } from '../texts/later.ts';
import type { Meaning } from './meaning.ts';
import { keptUnder } from './noteVectors.ts';
import { isStop, type Notices, sentenceOf } from './notices.ts';

/** A model whose files lie on this device. */
export interface KeptModel {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
}

/** What is being done for another model. */
export type ModelStep =
  | { readonly phase: 'looking' }
  /** Bytes; `total` is 0 where the place does not say. */
  | { readonly phase: 'opening'; readonly name: string; readonly done: number; readonly total: number };

/** Choosing another model. Lives as long as the page, so that a download outlasts the look at it. */
export interface Models {
  /** What was found, before the yes to its download. */
  readonly offer: Accessor<ModelOffer | undefined>;
  readonly step: Accessor<ModelStep | undefined>;
  readonly problem: Accessor<string | undefined>;
  look(origin: () => ModelOrigin): Promise<void>;
  /** Downloads and opens what was found; the model in use stays until the new one works. */
  use(): Promise<void>;
  stop(): void;
  /** Models on this device that are not in use. */
  readonly kept: Accessor<readonly KeptModel[]>;
  listKept(): Promise<void>;
  /** Deletes a model's files and vectors. */
  remove(id: string): Promise<void>;
}

export function createModels(
  store: Promise<Store>,
  meaning: Meaning,
  notices: Notices,
  /** Whether the reader sees the page that shows the problem. */
  watched: () => boolean,
): Models {
  const [offer, setOffer] = createSignal<ModelOffer>();
  const [step, setStep] = createSignal<ModelStep>();
  const [problem, setProblem] = createSignal<string>();
  const [kept, setKept] = createSignal<readonly KeptModel[]>([]);
  let running = new AbortController();

  /** One thing at a time; what goes wrong is told where the reader is. */
  const run = async (
    first: ModelStep,
    work: (signal: AbortSignal) => Promise<void>,
    tell = (why: string) => why,
  ) => {
    running.abort();
    const mine = new AbortController();
    running = mine;
    setProblem(undefined);
    setStep(first);
    try {
      await work(mine.signal);
    } catch (error) {
      if (isStop(error) || mine.signal.aborted) return;
      const sentence = tell(sentenceOf(error));
      setProblem(sentence);
      if (!watched()) notices.warn(sentence);
    } finally {
      if (running === mine) setStep(undefined);
    }
  };

  const listKept = async () => {
    const models = await (await store).models();
    const others = models.filter(({ id }) => id !== meaning.modelId());
    setKept(
      others.map(({ id, files }) => ({
        id,
        name: id.split('#')[0] as string,
        bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
      })),
    );
  };

  return {
    offer,
    step,
    problem,
    kept,
    listKept,
    look: (origin) =>
      run({ phase: 'looking' }, async (signal) => {
        setOffer(undefined);
        const found = await meaning.look(origin(), signal);
        if (!signal.aborted) setOffer(found);
      }),
    async use() {
      const chosen = offer();
      if (!chosen) return;
      const { name } = chosen.contract;
      const opening = { phase: 'opening', name, done: 0, total: chosen.bytes } as const;
      await run(
        opening,
        async (signal) => {
          await meaning.use(chosen, {
            signal,
            onProgress: ({ done, total }) => {
              if (!signal.aborted) setStep({ ...opening, done, total });
            },
          });
          setOffer(undefined);
          await listKept();
        },
        laterTexts.status.download.failed,
      );
    },
    stop() {
      running.abort();
      setStep(undefined);
    },
    async remove(id) {
      try {
        const opened = await store;
        await opened.deleteModel(id);
        await opened.deleteVectors(id);
        await opened.deleteVectors(keptUnder(id));
        await listKept();
      } catch (error) {
        notices.fail(error);
      }
    },
  };
}
