import { describe, expect, it } from 'vitest';
import { EngineError } from '../../../src/engine/error.ts';
import { SourceError } from '../../../src/source/result.ts';
import { failureOf, kindOf, reportOf } from '../../../src/state/failure.ts';
import { StoreError } from '../../../src/store/database.ts';
import { type FailureWords, failures } from '../../../src/texts/en-failures.ts';

const AT = { now: new Date('2026-11-27T10:00:00Z'), browser: 'Browser/1', place: 'topic', page: undefined };

describe('a failure', () => {
  it.each<[error: unknown, kind: string]>([
    [new StoreError('full', 'No room.'), 'store-full'],
    [new StoreError('blocked', 'No answer.'), 'store-blocked'],
    [new EngineError('checksum', 'The file is another.'), 'model-checksum'],
    [new SourceError('This is no list.'), 'list'],
    // As it comes out of a worker.
    [Object.assign(new Error('It stopped.'), { name: 'EngineError', code: 'crashed' }), 'model-crashed'],
    [new TypeError('x is undefined'), 'unexpected'],
    ['a string', 'unexpected'],
    [undefined, 'unexpected'],
    [Object.assign(new Error('?'), { name: 'StoreError', kind: 'constructor' }), 'unexpected'],
  ])('%s is of the kind %s', (error, kind) => {
    expect(kindOf(error)).toBe(kind);
  });

  it('is told by its own sentence where that is for readers, and by ours where it is not', () => {
    expect(failureOf(new Error('This topic is gone.')).happened).toBe('This topic is gone.');
    expect(failureOf(new TypeError('x is undefined')).happened).toBe(failures.kinds.unexpected.happened);
    expect(failureOf(new TypeError('x'), 'page', 'The page did not come.').happened).toBe(
      'The page did not come.',
    );
  });

  it('says what is safe, and one next step where its own sentence names none', () => {
    for (const [kind, words] of Object.entries<FailureWords>(failures.kinds)) {
      expect(words.safe, kind).toMatch(/^[A-Z].*\.$/);
      if (!kind.startsWith('model-')) expect(words.next, kind).toMatch(/^[A-Z].*\.$/);
    }
  });
});

describe('a report', () => {
  it('says what, when, where and how, and nothing of the library', () => {
    const cause = new TypeError('cannot read "My secret paper" of https://secret.example/list.json');
    cause.stack = [
      String(cause),
      '    at readNotes (https://site.example/sheaf/assets/index-B2.js:3:120)',
      '    at async https://site.example/assets/notes-C.js:9:1',
      '    at My secret paper',
      '    at eval (https://secret.example/?q=my+secret)',
    ].join('\n');
    const error = new StoreError('failed', 'The note of “My secret paper” was not kept.', cause);
    error.stack = `${error.name}: ${error.message}`;
    expect(reportOf(failureOf(error), AT)).toBe(
      [
        'Sheaf: report of a failure',
        'Kind: store-failed',
        'When: 2026-11-27T10:00:00.000Z',
        'Browser: Browser/1',
        'Place: topic',
        'Error: StoreError',
        'Error: TypeError',
        '  at readNotes assets/index-B2.js:3:120',
        '  at ? assets/notes-C.js:9:1',
        '',
      ].join('\n'),
    );
  });

  it('takes no name of an error for granted', () => {
    const error = Object.assign(new Error('x'), { name: 'My secret paper', stack: '' });
    expect(reportOf(failureOf(error), AT)).not.toContain('secret');
  });
});
