/** Tokenizing, pooling, golden vectors, devices, addresses: the small parts, one by one. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkContract } from '../../../src/engine/check-contract.ts';
import { countThreads, describeProcessor, findReasonAgainst } from '../../../src/engine/device.ts';
import { findGoldenFault } from '../../../src/engine/golden.ts';
import { parseModelAddress, urlOf } from '../../../src/engine/origin.ts';
import { pool, readQuantizedRows } from '../../../src/engine/pooling.ts';
import { explainRuntime } from '../../../src/engine/runtime.ts';
import { createTokenizer, cutIds } from '../../../src/engine/tokenize.ts';
import { createUnigram } from '../../../src/engine/unigram.ts';
import { readBytes, readContractFile } from './fixtures.ts';

const LIST = '../../../public/papers.json';

/** A BERT in small: words of one letter, marks at both ends. */
const bert = {
  added_tokens: ['[PAD]', '[UNK]', '[CLS]', '[SEP]'].map((content, id) => ({
    id,
    content,
    special: true,
    normalized: false,
  })),
  normalizer: { type: 'BertNormalizer', lowercase: true, strip_accents: null, clean_text: true },
  pre_tokenizer: { type: 'BertPreTokenizer' },
  post_processor: {
    type: 'TemplateProcessing',
    single: [
      { SpecialToken: { id: '[CLS]', type_id: 0 } },
      { Sequence: { id: 'A', type_id: 0 } },
      { SpecialToken: { id: '[SEP]', type_id: 0 } },
    ],
    pair: [],
    special_tokens: {
      '[CLS]': { id: '[CLS]', ids: [2], tokens: ['[CLS]'] },
      '[SEP]': { id: '[SEP]', ids: [3], tokens: ['[SEP]'] },
    },
  },
  decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
  model: {
    type: 'WordPiece',
    unk_token: '[UNK]',
    continuing_subword_prefix: '##',
    max_input_chars_per_word: 100,
    vocab: { '[PAD]': 0, '[UNK]': 1, '[CLS]': 2, '[SEP]': 3, a: 4, b: 5, c: 6 },
  },
};

describe('a tokenizer with marks at both ends', () => {
  const tokenizer = createTokenizer(bert, { tokenizer_class: 'BertTokenizer', pad_token: '[PAD]' }, 5);

  it('keeps both marks when it cuts', () => {
    expect(tokenizer.encode('a b c')).toEqual({ ids: [2, 4, 5, 6, 3], cut: false });
    expect(tokenizer.encode('a b c a b c')).toEqual({ ids: [2, 4, 5, 6, 3], cut: true });
  });

  it('does not read a whole book to keep its beginning', () => {
    expect(tokenizer.encode('a b '.repeat(1_000_000))).toEqual({ ids: [2, 4, 5, 4, 3], cut: true });
  });

  it('knows its padding', () => {
    expect(tokenizer.padId).toBe(0);
  });

  it('cuts to the maximum even where the marks alone are more', () => {
    expect(cutIds([2, 9, 9, 3], [2, 3], 1)).toEqual([3]);
    expect(cutIds([9, 9, 9], [], 2)).toEqual([9, 9]);
  });
});

describe('the shipped tokenizer', () => {
  const json = (path: string) => JSON.parse(new TextDecoder().decode(readBytes(path)));
  const whole = new Tokenizer(json('tokenizer.json'), json('tokenizer_config.json'));
  const ours = createTokenizer(json('tokenizer.json'), json('tokenizer_config.json'), 100_000);

  it('gives the same pieces word by word as for the whole text', () => {
    const odd = fc.constantFrom(
      ' ',
      '\u00a0',
      '\u3000',
      '\ufeff',
      '\u0085',
      '\n',
      '¨',
      '´',
      '▁',
      '<pad>',
      '<unk>',
      'ε',
      'ﬁ',
      '㍿',
      '\u0308',
    );
    const word = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      odd,
      fc.constantFrom('neural', 'Gaussian'),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), fc.constantFrom('', ' '), (words, between) => {
        const text = words.join(between);
        expect(ours.encode(text).ids).toEqual(whole.encode(text).ids);
      }),
      { numRuns: 2000 },
    );
  });

  it('gives the same pieces for plain words, known and unknown, real and made up', () => {
    const letters = fc.string({ unit: fc.constantFrom(...'abcdeinorstuxyzQ0-_{}$^~<>|'), maxLength: 24 });
    // Word by word: over a whole text the package's sums are rounded otherwise, and two ways that are alike change places.
    fc.assert(
      fc.property(fc.oneof(letters, fc.string({ unit: 'grapheme-ascii', maxLength: 40 })), (word) => {
        expect(ours.encode(word).ids).toEqual(whole.encode(word).ids);
      }),
      { numRuns: 8000 },
    );
    const { papers } = JSON.parse(readFileSync(resolve(import.meta.dirname, LIST), 'utf8'));
    for (const { title, abstract } of papers) {
      const text = `${title} ${abstract}`;
      expect(ours.encode(text).ids).toEqual(whole.encode(text).ids);
    }
  });
});

describe('a unigram model', () => {
  const vocab: [string, number][] = [
    ['?', 0],
    ['a', -2],
    ['b', -2],
    ['ab', -4],
    ['abc', -9],
    ['bc', -5],
  ];
  const cut = createUnigram({ type: 'Unigram', unk_id: 0, vocab });

  it('takes what is likeliest together, of equals the longer piece first, and joins what it does not know', () => {
    expect(cut('ab')).toEqual([3]);
    expect(cut('abc')).toEqual([5 - 4, 5]);
    expect(cut('zzza')).toEqual([0, 1]);
    expect(cut('zazz')).toEqual([0, 1, 0]);
    expect(cut('')).toEqual([]);
  });
});

describe('pooling', () => {
  const hidden = Float32Array.of(3, 0, 0, 4, 9, 9, /* second text */ 0, 2, 9, 9, 9, 9);
  const shape = { texts: 2, length: 3, dimensions: 2 };

  it('takes the mean of the pieces that are not padding, at length 1', () => {
    const vectors = pool(hidden, [2, 1], shape, 'mean');
    [0.6, 0.8, 0, 1].forEach((value, index) => {
      expect(vectors[index]).toBeCloseTo(value, 6);
    });
  });

  it('takes the first piece alone for cls', () => {
    expect([...pool(hidden, [2, 1], shape, 'cls')]).toEqual([1, 0, 0, 1]);
  });

  it('gives a zero row for a text without pieces', () => {
    expect([...pool(hidden, [0, 1], shape, 'mean')]).toEqual([0, 0, 0, 1]);
  });

  it('reads int8 rows as unit rows', () => {
    expect([...readQuantizedRows(Int8Array.of(127, 0, 0, -127).buffer, 2)]).toEqual([1, 0, 0, -1]);
  });
});

describe('golden vectors', () => {
  const golden = {
    texts: ['x', 'y'],
    vectors: [
      [1, 0],
      [0, 1],
    ],
  };

  it('pass what is near enough, and only that', () => {
    expect(findGoldenFault(Float32Array.of(1, 0, 0, 1), 2, golden)).toBeUndefined();
    const off = Math.acos(0.998);
    const turned = Float32Array.of(1, 0, Math.sin(off), Math.cos(off));
    expect(findGoldenFault(turned, 2, golden)).toMatch(/^test text 2 has a similarity of 0\.9980/);
  });

  it('name numbers that are none, and lengths that are not 1', () => {
    expect(findGoldenFault(Float32Array.of(Number.NaN, 0), 2)).toMatch(/not finite/);
    expect(findGoldenFault(Float32Array.of(0.5, 0), 2)).toMatch(/length 0\.500, not 1/);
    expect(findGoldenFault(Float32Array.of(0, 0), 2)).toMatch(/length 0\.000/);
  });
});

describe('the device', () => {
  const card = { usable: true, imitation: false };

  it('has threads only where memory may be shared', () => {
    expect(countThreads(false, 16)).toBe(1);
    expect(countThreads(true, 2)).toBe(2);
    expect(countThreads(true, 16)).toBe(4);
    expect(countThreads(true, Number.NaN)).toBe(1);
  });

  it('tries a graphics card for layers alone, unless it is asked for', () => {
    expect(findReasonAgainst('auto', 'encoder', card)).toBeUndefined();
    expect(findReasonAgainst('auto', 'lookup', card)).toMatch(/looks pieces up/);
    expect(findReasonAgainst('webgpu', 'lookup', card)).toBeUndefined();
    expect(findReasonAgainst('wasm', 'encoder', card)).toMatch(/by hand/);
    expect(findReasonAgainst('auto', 'encoder', { ...card, imitation: true })).toMatch(/imitated/);
    const none = { usable: false, imitation: false, reason: 'This browser has no WebGPU.' };
    expect(findReasonAgainst('webgpu', 'encoder', none)).toBe(none.reason);
  });

  it('says why, in whole sentences', () => {
    expect(describeProcessor(2, 'The graphics card was lost while it worked.').reason).toBe(
      'Runs on the processor with 2 threads. The graphics card was lost while it worked.',
    );
  });

  it('tells memory and start apart from a bad model', () => {
    expect(explainRuntime(new Error('std::bad_alloc'))?.code).toBe('memory');
    expect(explainRuntime(123456)?.code).toBe('memory');
    expect(explainRuntime(new RangeError('Array buffer allocation failed'))?.code).toBe('memory');
    expect(explainRuntime(new Error('no available backend found. ERR: [wasm] TypeError'))?.code).toBe(
      'runtime',
    );
    expect(
      explainRuntime(new Error('Failed to load model because protobuf parsing failed.')),
    ).toBeUndefined();
  });
});

describe('a model address', () => {
  const hub = (repository: string, revision = 'main', endpoint = 'https://huggingface.co') => ({
    kind: 'hub',
    endpoint,
    repository,
    revision,
  });

  it.each([
    ['Xenova/all-MiniLM-L6-v2', hub('Xenova/all-MiniLM-L6-v2')],
    ['  Xenova/all-MiniLM-L6-v2@refs/pr/3 ', hub('Xenova/all-MiniLM-L6-v2', 'refs/pr/3')],
    ['https://huggingface.co/a/b', hub('a/b')],
    ['https://huggingface.co/a/b/', hub('a/b')],
    ['https://huggingface.co/a/b/tree/v1.0', hub('a/b', 'v1.0')],
    ['https://huggingface.co/a/b/resolve/abc/onnx/model.onnx?download=true', hub('a/b', 'abc')],
    ['http://127.0.0.1:8080/a/b', hub('a/b', 'main', 'http://127.0.0.1:8080')],
  ])('reads %s', (text, origin) => {
    expect(parseModelAddress(text)).toEqual(origin);
  });

  it.each([
    '',
    'all-MiniLM-L6-v2',
    'a/b/c',
    'a/../b',
    '../a',
    'a/b@',
    'a/b@x@y',
    'javascript:alert(1)//a/b',
    'file:///a/b',
    'https://user@huggingface.co/a/b',
    'https://huggingface.co/datasets/a/b',
    'a/b@../../c',
    'a b/c',
  ])('refuses %j in a sentence that says how', (text) => {
    expect(() => parseModelAddress(text)).toThrow(/is not a model's address: write owner\/name/);
  });

  it('becomes the address of a file', () => {
    const origin = parseModelAddress('a/b@refs/pr/3');
    expect(urlOf(origin, 'onnx/model.onnx')).toBe(
      'https://huggingface.co/a/b/resolve/refs%2Fpr%2F3/onnx/model.onnx',
    );
    const site = { kind: 'site' as const, base: 'https://example.org/x/models/m' };
    expect(urlOf(site, 'onnx/a b.onnx')).toBe('https://example.org/x/models/m/onnx/a%20b.onnx');
  });
});

describe('a contract from outside', () => {
  const good = readContractFile();

  it('is taken as it stands', () => {
    expect(good.dimensions).toBe(256);
    expect(good.golden?.texts.length).toBe(8);
  });

  it.each([
    [{ dimensions: 0 }, 'dimensions is not a whole number'],
    [{ pooling: 'max' }, 'pooling is neither mean nor cls'],
    [{ files: [] }, 'it names 0 .onnx files and not one'],
    [{ files: [{ path: '../a.onnx', bytes: 1 }] }, 'a file has no path'],
    [{ files: [{ path: 'a.onnx', bytes: 1, sha256: 'x' }] }, 'bad sha256'],
    [{ golden: { texts: ['a'], vectors: [[1]] } }, 'golden has other numbers'],
    [{ id: '' }, 'id is empty'],
    [{ background: 7 }, 'background is not a text'],
  ])('is refused with %j', (wrong, said) => {
    expect(() => checkContract({ ...good, ...wrong }, 'sheaf.json')).toThrow(said);
  });

  it('is refused when it is no object', () => {
    expect(() => checkContract([], 'sheaf.json')).toThrow(
      'sheaf.json does not describe a model: it is not an object',
    );
  });
});
