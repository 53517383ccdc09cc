import { describe, expect, it } from 'vitest';
import { byteRowCosine, byteRowsMatrix, readByteRow, writeByteRow } from '../../../src/vector/byte-rows.ts';
import { cellsOf, mapCells } from '../../../src/vector/cells.ts';
import {
  codeProduct,
  productTable,
  trainCodebook,
  wordsOf,
  writeCode,
} from '../../../src/vector/codebook.ts';
import { dot, rowOf } from '../../../src/vector/matrix.ts';
import { similarities } from '../../../src/vector/similarity.ts';
import { groupedMatrix } from './rows.ts';

const matrix = groupedMatrix(1_200, 16, 0.6, 3);
const COLUMNS = matrix.columns;

describe('rows as bytes', () => {
  it('point where they did, and have length 1 again', () => {
    const bytes = new Int8Array(COLUMNS * 2);
    for (let row = 0; row < 50; row++) {
      writeByteRow(rowOf(matrix, row), bytes, COLUMNS);
      const again = new Float32Array(COLUMNS);
      readByteRow(bytes, COLUMNS, again);
      expect(dot(again, again)).toBeCloseTo(1, 5);
      expect(dot(again, rowOf(matrix, row))).toBeGreaterThan(0.9995);
      expect(byteRowCosine(rowOf(matrix, 7), bytes, COLUMNS)).toBeCloseTo(dot(again, rowOf(matrix, 7)), 5);
    }
  });

  it('of zeros stay zeros, and are near to nothing', () => {
    const bytes = new Int8Array(COLUMNS).fill(9);
    writeByteRow(new Float32Array(COLUMNS), bytes, 0);
    expect([...bytes]).toEqual(new Array(COLUMNS).fill(0));
    expect(byteRowCosine(rowOf(matrix, 0), bytes, 0)).toBe(0);
    expect([...byteRowsMatrix(bytes, COLUMNS).data]).toEqual(new Array(COLUMNS).fill(0));
  });
});

describe('cells', () => {
  const map = mapCells(matrix, 30, 1);

  it('are about as many as were wanted, and the same again', () => {
    expect(map.centroids.rows).toBeGreaterThan(20);
    expect(map.centroids.rows).toBeLessThan(45);
    expect(map.starts.at(-1)).toBe(map.centroids.rows);
    expect(mapCells(matrix, 30, 1)).toEqual(map);
  });

  it('have each row in the nearest of all, nearly always, and a second time elsewhere', () => {
    let nearest = 0;
    for (let row = 0; row < matrix.rows; row++) {
      const { home, second } = cellsOf(map, rowOf(matrix, row));
      expect(second).not.toBe(home);
      const scores = similarities(map.centroids, rowOf(matrix, row));
      if (scores[home] === Math.max(...scores)) nearest++;
    }
    expect(nearest / matrix.rows).toBeGreaterThan(0.97);
  });

  it('of one row, or of equal ones, are one: its own second', () => {
    const same = { rows: 3, columns: COLUMNS, data: new Float32Array(3 * COLUMNS) };
    for (let row = 0; row < 3; row++) same.data.set(rowOf(matrix, 0), row * COLUMNS);
    const one = mapCells(same, 4, 1);
    expect(one.centroids.rows).toBe(1);
    expect(cellsOf(one, rowOf(matrix, 0))).toEqual({ home: 0, second: 0 });
  });
});

describe('codes', () => {
  it('give products that are near to those of the vectors themselves', () => {
    const pieces = 16;
    const book = trainCodebook(matrix.data, COLUMNS, pieces, 1);
    const words = wordsOf(book);
    const table = productTable(book, rowOf(matrix, 5));
    const code = new Uint8Array(pieces + 3);
    let worst = 0;
    for (let row = 0; row < matrix.rows; row++) {
      writeCode(book, words, rowOf(matrix, row), code, 3);
      const product = codeProduct(table, pieces, code, 3);
      worst = Math.max(worst, Math.abs(product - dot(rowOf(matrix, 5), rowOf(matrix, row))));
    }
    expect(worst).toBeLessThan(0.1);
  });
});
