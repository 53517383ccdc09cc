import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchSpans } from '../../../src/ranking/explain.ts';
import { nearestSentence } from '../../../src/ranking/nearest.ts';
import { createMatrix } from '../../../src/vector/matrix.ts';

const marked = (text: string, words: readonly string[]) =>
  matchSpans(text, words).map(({ start, end }) => text.slice(start, end));

describe('matchSpans', () => {
  test('marks every form of the words', () => {
    expect(marked('Pruning prunes; we prune networks.', ['Pruning', 'network'])).toEqual([
      'Pruning',
      'prunes',
      'prune',
      'networks',
    ]);
  });

  test('marks the part of a hyphenated word, or all of it', () => {
    expect(marked('A GPT-4 and MLP-Mixer', ['mixer'])).toEqual(['Mixer']);
    expect(marked('A GPT-4 and MLP-Mixer', ['MLP-Mixer'])).toEqual(['MLP-Mixer']);
    expect(marked('pre-training', ['pretraining'])).toEqual(['pre-training']);
  });

  test('does not mark stop words, nor inside words', () => {
    expect(marked('The state of the field', ['of the field'])).toEqual(['field']);
    expect(marked('pointer', ['point'])).toEqual([]);
    expect(marked('text', [])).toEqual([]);
  });

  test('any text: spans in order, apart, within bounds', () => {
    const word = fc.constantFrom(
      'MLP-Mixer',
      'MLP',
      'mixer',
      '压缩模型',
      'splat',
      'GPT-4',
      '-',
      'é',
      '3.5',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), fc.array(word, { maxLength: 5 }), (parts, words) => {
        const text = parts.join('');
        let last = 0;
        for (const { start, end } of matchSpans(text, words)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          last = end;
        }
        expect(last).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});

test('the nearest sentence, the first of equals', () => {
  const sentences = createMatrix(new Float32Array([1, 0, 0, 1, 0, 1]), 2);
  expect(nearestSentence(sentences, new Float32Array([0, 1]))).toEqual({ index: 1, similarity: 1 });
  expect(nearestSentence(createMatrix(new Float32Array(0), 2), new Float32Array([0, 1]))).toBeUndefined();
});
