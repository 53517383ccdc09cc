import { expect, test } from 'vitest';
import {
  createBackground,
  levelOfLibrary,
  meanDirection,
  standardScores,
} from '../../../src/ranking/meaning.ts';
import { createMatrix, dot, rowOf } from '../../../src/vector/matrix.ts';
import { similarities } from '../../../src/vector/similarity.ts';
import { randomMatrix } from '../vector/rows.ts';

test('the level of a query is mean and deviation of its similarity with the background', () => {
  const background = randomMatrix(400, 16, 3);
  const query = rowOf(randomMatrix(1, 16, 9), 0);
  const scores = [...similarities(background, query)];
  const mean = scores.reduce((sum, score) => sum + score, 0) / 400;
  const deviation = Math.sqrt(scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / 400);
  const level = createBackground(background)?.levelOf(query);
  expect(level?.mean).toBeCloseTo(mean, 8);
  expect(level?.deviation).toBeCloseTo(deviation, 8);
  const [z] = standardScores(
    Float32Array.of(mean + 3 * deviation),
    level as { mean: number; deviation: number },
  );
  expect(z).toBeCloseTo(3, 4);
});

test('a background of a handful is none, one of a single text does not explode', () => {
  expect(createBackground(randomMatrix(31, 4, 1))).toBeUndefined();
  const same = createMatrix(new Float32Array(256).fill(0.5), 4);
  expect(createBackground(same)?.levelOf(rowOf(same, 0)).deviation).toBeGreaterThan(0.01);
});

test('the library itself as background: answers do not move it, missing vectors are passed over', () => {
  const unrelated = Array.from({ length: 41 }, (_, index) => (index - 20) / 200);
  const without = levelOfLibrary(Float32Array.from([...unrelated, Number.NaN]));
  const withAnswers = levelOfLibrary(Float32Array.from([...unrelated, 0.9, 0.9, 0.9]));
  expect(without.mean).toBeCloseTo(0, 5);
  expect(Math.abs(withAnswers.mean)).toBeLessThan(0.02);
  expect(withAnswers.deviation).toBeLessThan(without.deviation * 1.3);
  const [answer, missing] = standardScores(Float32Array.of(0.9, Number.NaN), withAnswers);
  expect(answer).toBeGreaterThan(5);
  expect(missing).toBeNaN();
});

test('few papers: one that is near stands out, one that is not does not', () => {
  const level = levelOfLibrary(Float32Array.of(0.6, 0.05));
  const [near, far] = standardScores(Float32Array.of(0.6, 0.05), level);
  expect(near).toBeGreaterThan(2.5);
  expect(far).toBeLessThan(1);
});

test('the direction between rows is as near to each', () => {
  const two = createMatrix(new Float32Array([1, 0, 0, 1]), 2);
  const middle = meanDirection([rowOf(two, 0), rowOf(two, 1)], 2);
  expect(dot(middle, middle)).toBeCloseTo(1, 6);
  expect(dot(middle, rowOf(two, 0))).toBeCloseTo(dot(middle, rowOf(two, 1)), 6);
  expect([...meanDirection([], 2)]).toEqual([0, 0]);
});
