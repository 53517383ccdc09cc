import { describe, expect, it } from 'vitest';
import { rateLetters } from '../../../src/words/letters.ts';

describe('letters that pick a name', () => {
  it.each<[letters: string, name: string, rate: number | undefined]>([
    ['star', 'starred papers', 0],
    ['pap', 'starred papers', 1],
    ['arr', 'starred papers', 2],
    ['sp', 'starred papers', 3],
    ['stpap', 'starred papers', 3],
    ['st pap', 'starred papers', 3],
    // The nearest "m" is not the one that leads on.
    ['mmod', 'many more models', 3],
    ['serd', 'starred papers', undefined],
    ['srd', 'starred papers', 4],
    ['3dgs', 'compact 3dgs', 1],
    ['g4', 'gpt 4', 3],
    ['x', 'starred papers', undefined],
    ['', 'starred papers', 0],
  ])('%j for %j: %s', (letters, name, rate) => {
    expect(rateLetters(letters, name)).toBe(rate);
  });
});
