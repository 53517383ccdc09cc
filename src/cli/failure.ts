import { EngineError } from '../engine/error.ts';

/** What is wrong with what was asked or given, as one plain sentence: told without a stack, exit status 1. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/** Why a file could not be read or written, for the end of a sentence. */
export function reasonOf(error: unknown): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
      return 'there is no such file or folder';
    case 'EISDIR':
      return 'it is a folder';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'it is not allowed';
    case 'ENOSPC':
      return 'the disk is full';
    default:
      return error instanceof Error ? error.message : String(error);
  }
}

/** `1 paper`, `13,729 papers`. */
export function count(amount: number, one: string, many = `${one}s`): string {
  return `${amount.toLocaleString('en')} ${amount === 1 ? one : many}`;
}

/** Whether an error was written for people: ours, the engine's, or one of another process, which comes back by its name. */
export function isSentence(error: unknown): error is Error {
  return error instanceof Error && [CommandError.name, EngineError.name].includes(error.name);
}
