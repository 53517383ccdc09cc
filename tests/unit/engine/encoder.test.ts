import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ModelContract } from '../../../src/engine/contract.ts';
import { createEncoder, type Opened } from '../../../src/engine/encoder.ts';
import { QUICK_MODEL } from '../../../src/engine/origin.ts';
import { dot } from '../../../src/vector/matrix.ts';
import { nodeRuntime, pickFolder, readBytes, readContractFile, requestOf } from './fixtures.ts';

const encoder = createEncoder(nodeRuntime);
let opened: Opened;

beforeAll(async () => {
  opened = await encoder.open(requestOf());
});
afterAll(() => encoder.close());

describe('the shipped model', () => {
  it('gives its golden vectors', () => {
    const { golden } = readContractFile();
    expect(golden?.texts.length).toBe(8);
    opened.golden.vectors.forEach((vector, row) => {
      const shipped = Float32Array.from(golden?.vectors[row] ?? []);
      expect(dot(Float32Array.from(vector), shipped)).toBeGreaterThan(0.9999);
    });
  });

  it('that answers first gives its own', async () => {
    const first = createEncoder(nodeRuntime);
    const contract = readContractFile(QUICK_MODEL);
    const files = pickFolder(QUICK_MODEL);
    const { golden } = await first.open(requestOf({ contract, origin: { kind: 'files', files } }));
    await first.close();
    expect(golden.vectors.length).toBe(8);
    golden.vectors.forEach((vector, row) => {
      const shipped = Float32Array.from(contract.golden?.vectors[row] ?? []);
      expect(dot(Float32Array.from(vector), shipped)).toBeGreaterThan(0.9999);
    });
  });

  it('hands on every file that it had to fetch, whole', () => {
    for (const { path, bytes } of readContractFile().files) {
      expect(opened.fetched.get(path)?.byteLength).toBe(bytes);
    }
  });

  it('gives the same vector alone and in a batch of other lengths', async () => {
    const texts = ['neural fields', 'a '.repeat(400), '', 'gaussian splatting '.repeat(30), 'x'];
    const together = await encoder.embed(texts, 'document', false);
    for (const [row, text] of texts.entries()) {
      const alone = await encoder.embed([text], 'document', false);
      const cosine = dot(alone.vectors, together.vectors.subarray(row * 256, (row + 1) * 256));
      if (text === '') expect(cosine).toBe(0);
      else expect(cosine).toBeGreaterThan(0.99999);
    }
  });

  it('says which texts were cut, and gives a cut text the vector of its beginning', async () => {
    const words = 'compact model '.repeat(600);
    const { vectors, cut } = await encoder.embed(
      [words, 'compact model', `${words} protein folding`],
      'document',
      false,
    );
    expect(cut).toEqual([true, false, true]);
    expect(dot(vectors.subarray(0, 256), vectors.subarray(512, 768))).toBeGreaterThan(0.999999);
  });

  it('puts related texts nearer than others', async () => {
    const texts = ['3D Gaussian splatting', 'novel view synthesis with radiance fields', 'protein folding'];
    const { vectors } = await encoder.embed(texts, 'document', false);
    const row = (index: number) => vectors.subarray(index * 256, (index + 1) * 256);
    expect(dot(row(0), row(1))).toBeGreaterThan(dot(row(0), row(2)) + 0.1);
  });

  it('has a background of unit rows', () => {
    const rows = encoder.background();
    expect(rows?.length).toBe(readBytes('background.bin').byteLength);
    expect(dot(rows?.subarray(0, 256) as Float32Array, rows?.subarray(0, 256) as Float32Array)).toBeCloseTo(
      1,
      4,
    );
  });

  it('stops between batches and works on afterwards', async () => {
    const stop = new AbortController();
    const texts = Array.from({ length: 2000 }, (_, index) =>
      `text ${index} about sparse attention`.repeat(5),
    );
    const running = encoder.embed(texts, 'document', false, stop.signal);
    setTimeout(() => stop.abort(), 5);
    await expect(running).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
    const { cut } = await encoder.embed(['still here'], 'query', true);
    expect(cut).toEqual([false]);
  });

  it('answers a query before the batches that wait', async () => {
    const order: string[] = [];
    const texts = Array.from(
      { length: 300 },
      (_, index) => `paper ${index} ${'on diffusion models '.repeat(20)}`,
    );
    const papers = encoder.embed(texts, 'document', false).then(() => order.push('papers'));
    const query = encoder.embed(['diffusion'], 'query', true).then(() => order.push('query'));
    await Promise.all([papers, query]);
    expect(order).toEqual(['query', 'papers']);
  });
});

describe('files that are not what they should be', () => {
  const path = 'onnx/model_quantized.onnx';
  const bare = (): ModelContract => {
    const { folded: _, ...contract } = readContractFile();
    const files = contract.files.map((file) => ({ path: file.path, bytes: 0 }));
    return { ...contract, files };
  };
  const openWith = (bytes: BlobPart, contract = readContractFile()) =>
    encoder.open(
      requestOf({ contract, origin: { kind: 'files', files: pickFolder('m', { [path]: bytes }) } }),
    );

  it('names a file cut short', async () => {
    await expect(openWith(readBytes(path).slice(0, 1_200_000))).rejects.toThrow(
      `${path} ended after 1.2 MB of ${(readBytes(path).byteLength / 1e6).toFixed(1)} MB. Check the connection and try again.`,
    );
  });

  it('names a web page', async () => {
    await expect(openWith('<!doctype html><title>Not found</title>')).rejects.toThrow(
      `${path} is a web page, not the file itself.`,
    );
  });

  it('names a web page where no size was promised', async () => {
    await expect(openWith('\n<html>', bare())).rejects.toThrow(`${path} is a web page, not the file itself.`);
  });

  it('names a Git LFS pointer', async () => {
    const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 6240508\n';
    await expect(openWith(pointer)).rejects.toThrow(`${path} is a Git LFS pointer, not the file itself.`);
  });

  it('names a wrong checksum', async () => {
    const bytes = new Uint8Array(readBytes(path));
    bytes[3_000_000] = (bytes[3_000_000] as number) ^ 1;
    await expect(openWith(bytes)).rejects.toThrow(
      `${path} is not the file that was promised: its checksum differs.`,
    );
  });

  it('names a file that the runtime cannot read', async () => {
    const cutFile = readBytes(path).slice(0, 1_200_000);
    await expect(openWith(cutFile, bare())).rejects.toThrow(`${path} cannot be run by ONNX Runtime`);
  });

  it('names a graph whose constants lie elsewhere, where that cannot be run', async () => {
    const graph = 'onnx/model_folded.graph';
    const good = readContractFile();
    const files = good.files.map((file) => (file.path === graph ? { path: graph, bytes: 0 } : file));
    const open = (bytes: BlobPart) =>
      encoder.open(
        requestOf({
          contract: { ...good, files },
          origin: { kind: 'files', files: pickFolder('m', { [graph]: bytes }) },
        }),
      );
    const bytes = new Uint8Array(readBytes(graph));
    for (const damaged of [bytes.slice(0, 5_000), bytes.map((byte, at) => (at > 6_000 ? 0 : byte))])
      await expect(open(damaged)).rejects.toThrow(`${graph} cannot be run by ONNX Runtime`);
    // As it was, it is opened.
    await open(bytes);
  });

  it('names a missing file', async () => {
    const contract = readContractFile();
    const files = [...contract.files, { path: 'extra.bin', bytes: 3 }];
    await expect(encoder.open(requestOf({ contract: { ...contract, files } }))).rejects.toThrow(
      'extra.bin is not among the picked files.',
    );
  });

  it('names a tokenizer that is none', async () => {
    const files = pickFolder('m', { 'tokenizer.json': '{"model":null}' });
    await expect(
      encoder.open(requestOf({ contract: bare(), origin: { kind: 'files', files } })),
    ).rejects.toThrow('tokenizer.json is not a tokenizer that Sheaf can read');
  });

  it('refuses other vectors than the golden ones', async () => {
    const contract = readContractFile();
    const golden = contract.golden as NonNullable<ModelContract['golden']>;
    const vectors = golden.vectors.map((row, index) =>
      index === 3 ? row.map((x, d) => (d === 0 ? x + 0.1 : x)) : row,
    );
    await expect(
      encoder.open(requestOf({ contract: { ...contract, golden: { ...golden, vectors } } })),
    ).rejects.toThrow(
      `This browser gives wrong vectors with ${contract.name}: test text 4 has a similarity of 0.99`,
    );
  });

  it('refuses a contract of other dimensions', async () => {
    const { golden: _, folded: __, ...contract } = readContractFile();
    await expect(encoder.open(requestOf({ contract: { ...contract, dimensions: 128 } }))).rejects.toThrow(
      /where vectors of 128 32-bit numbers were promised/,
    );
  });

  it('still works with the model that was open', async () => {
    const { vectors } = await encoder.embed(['unharmed'], 'document', false);
    expect(dot(vectors, vectors)).toBeCloseTo(1, 4);
  });

  it('takes good cached files and fetches bad ones again', async () => {
    const cached = new Map([
      [path, readBytes(path)],
      ['background.bin', new ArrayBuffer(12)],
    ]);
    const again = await encoder.open(requestOf({ cached }));
    expect(again.fetched.has(path)).toBe(false);
    expect(again.fetched.get('background.bin')?.byteLength).toBe(readBytes('background.bin').byteLength);
  });
});
