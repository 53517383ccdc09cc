import { describe, expect, test } from 'vitest';
import { fillUp } from '../../../src/ranking/feedback.ts';
import { dot } from '../../../src/vector/matrix.ts';

const ids = Array.from({ length: 500 }, (_, at) => `p${at}`);
const scores = Float64Array.from(ids, (_, at) => (at * 7) % 500);
const question = Float32Array.of(1, 0);
const answers = Float32Array.of(0, 1);

describe('a question filled up by its best answers', () => {
  test('goes by the best of the papers, one in a hundred of them', () => {
    let asked: readonly string[] = [];
    fillUp(question, 1, scores, ids, (best) => {
      asked = best;
      return answers;
    });
    const places = [...scores.keys()].sort((a, b) => (scores[b] as number) - (scores[a] as number));
    expect(asked).toEqual(places.slice(0, 5).map((place) => `p${place}`));
  });

  test('is of unit length, and the less filled up the more it says itself', () => {
    const after = (words: number) => fillUp(question, words, scores, ids, () => answers) as Float32Array;
    expect(dot(after(1), after(1))).toBeCloseTo(1, 6);
    expect(dot(after(1), answers)).toBeCloseTo(Math.SQRT1_2, 6);
    expect(dot(after(0), answers)).toBeCloseTo(Math.SQRT1_2, 6);
    const shares = [1, 4, 8, 20].map((words) => dot(after(words), answers));
    expect([...shares].sort((a, b) => b - a)).toEqual(shares);
    expect(new Set(shares).size).toBe(shares.length);
  });

  test('stays as it is in a small library, where the best are of everything', () => {
    const none = () => fillUp(question, 1, scores.slice(0, 99), ids.slice(0, 99), () => answers);
    expect(none()).toBeUndefined();
  });
});
