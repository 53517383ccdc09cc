/** The word by which a description says what it is, first of all it says. */
export const FORMAT = 'sheaf-list';

/** Whether a text says that it describes a large list: told apart from a list of papers before it is read. */
export function isDescription(text: string): boolean {
  return /^\s*\{\s*"format"\s*:\s*"sheaf-list"/.test(text);
}
