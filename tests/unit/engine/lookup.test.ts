import { describe, expect, it } from 'vitest';
import { checkContract } from '../../../src/engine/check-contract.ts';
import { createEncoder } from '../../../src/engine/encoder.ts';
import { openLookup } from '../../../src/engine/lookup.ts';
import { readConstants } from '../../../src/engine/onnx-constants.ts';
import { QUICK_MODEL } from '../../../src/engine/origin.ts';
import { dot } from '../../../src/vector/matrix.ts';
import { createRandom } from '../../../src/vector/random.ts';
import {
  codeOf,
  makeUpTexts,
  nodeRuntime,
  pickFolder,
  readBytes,
  readContractFile,
  requestOf,
} from './fixtures.ts';

const contract = readContractFile(QUICK_MODEL);
const names = contract.lookup as NonNullable<typeof contract.lookup>;
const path = 'onnx/model_quantized.onnx';
const file = readBytes(path, QUICK_MODEL);

function open(bytes: ArrayBuffer, asked = names) {
  return openLookup(contract, asked, new Map([[path, bytes]]));
}

describe('the quick model', () => {
  it('gives by its table what ONNX Runtime gives', async () => {
    const texts = makeUpTexts(60, 12);
    const { lookup: _, ...plain } = contract;
    const rows = await Promise.all(
      [contract, plain].map(async (contract) => {
        const encoder = createEncoder(nodeRuntime);
        await encoder.open(
          requestOf({ contract, origin: { kind: 'files', files: pickFolder(QUICK_MODEL) } }),
        );
        const { vectors, cut } = await encoder.embed(texts, 'document', false);
        await encoder.close();
        return { vectors, cut };
      }),
    );
    const [ours, theirs] = rows as [(typeof rows)[0], (typeof rows)[0]];
    expect(ours.cut).toEqual(theirs.cut);
    expect(ours.cut).toContain(true);
    for (let at = 0; at < ours.vectors.length; at += 256) {
      const [a, b] = [ours, theirs].map(({ vectors }) => vectors.subarray(at, at + 256));
      expect(dot(a as Float32Array, b as Float32Array)).toBeGreaterThan(0.999999);
    }
  });

  it('needs no runtime for it', async () => {
    const encoder = createEncoder({});
    await encoder.open(requestOf({ contract, origin: { kind: 'files', files: pickFolder(QUICK_MODEL) } }));
    const { vectors } = await encoder.embed(['protein folding'], 'query', true);
    expect(dot(vectors, vectors)).toBeCloseTo(1, 5);
    await encoder.close();
  });

  it('keeps what it needs when the file is moved away', async () => {
    const moved = file.slice(0);
    const graph = open(moved);
    structuredClone(moved, { transfer: [moved] });
    expect(await graph.run([[7, 8]])).toEqual(await open(file).run([[7, 8]]));
  });

  it('has a zero row for a text without a piece', async () => {
    const rows = await open(file).run([[], [5, 5, 9]]);
    expect(rows.subarray(0, 256).every((value) => value === 0)).toBe(true);
    expect(dot(rows.subarray(256), rows.subarray(256))).toBeCloseTo(1, 5);
  });
});

it('is told of by a contract that names every constant', () => {
  const { power: _, ...some } = names;
  for (const lookup of [some, 'table', { ...names, table: 1 }])
    expect(() => checkContract({ ...contract, lookup }, 'sheaf.json')).toThrow(
      'lookup does not name its constants',
    );
  expect(checkContract({ ...contract }, 'sheaf.json').lookup).toEqual(names);
});

describe('a file that is not what its contract says', () => {
  it('is refused where a constant is missing or of another type or size', () => {
    expect(codeOf(() => open(file, { ...names, table: 'rows' }))).toBe('contract');
    expect(codeOf(() => open(file, { ...names, table: 'scales' }))).toBe('contract');
    expect(codeOf(() => open(file, { ...names, scales: 'places' }))).toBe('contract');
    expect(codeOf(() => open(file, { ...names, power: 'places' }))).toBe('contract');
    expect(codeOf(() => openLookup(contract, names, new Map()))).toBe('missing');
  });

  it('is refused wherever it ends too soon', () => {
    for (const end of [1, 9, 1_000, file.byteLength - 100_000, file.byteLength - 1]) {
      expect(codeOf(() => open(file.slice(0, end)))).toMatch(/unreadable|contract/);
    }
  });

  it('is read or refused, whatever its bytes are', () => {
    const random = createRandom(11);
    const short = new Uint8Array(file.slice(file.byteLength - 200_000));
    for (let round = 0; round < 300; round++) {
      const bytes = short.slice(Math.floor(random() * 199_000));
      for (let at = 0; at < 5; at++) bytes[Math.floor(random() * 60)] = Math.floor(random() * 256);
      expect(codeOf(() => readConstants(bytes.buffer, path))).toMatch(/none|unreadable/);
    }
  });
});
