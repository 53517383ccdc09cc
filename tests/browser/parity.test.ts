import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { QUICK_MODEL } from '../../src/engine/origin.ts';
import { cosine } from './cosine.ts';
import { type Host, launch, serve } from './harness.ts';
import { type BuiltPages, buildPages, MODEL } from './pages/build.ts';
import type {} from './pages/engine.ts';
import type {} from './pages/parity.ts';

const LEAST_COSINE = 0.9999;

const TEXTS = [
  'MLP-Mixer: an all-MLP architecture for vision',
  'Three-dimensional Gaussian splatting, compressed 40x',
  'a',
  '42',
  '3.14159e-10 and 10^{-3}, 1/2',
  'DεpS: delayed ε-shrinking; ∇·E = ρ/ε₀ and α, β, Γ',
  'We show $\\mathcal{O}(n \\log n)$ bounds \\emph{without} \\cite{foo2020} 50\\% of~data {braces}',
  'Schrödinger, Erdős–Rényi, naïve café, Ångström, Łukasiewicz, Ğ',
  'Scho\u0308n combining accents e\u0301 n\u0303',
  '大規模言語モデルの圧縮',
  '神经网络压缩与蒸馏',
  '신경망 가지치기',
  'Обучение с подкреплением',
  'مرحبا بالعالم',
  'emoji 🚀🧠 and 👩‍🔬 in a title',
  '  leading,   inner\t\tand trailing   \n\n whitespace ',
  'UPPER lower CamelCase snake_case kebab-case',
  'ﬁne ligatures, full width ＡＢＣ１２３, superscript x² and ½',
  'https://arxiv.org/abs/2401.04925v2?x=1&y=<b>html</b>',
  'literal marks <pad> <unk> [CLS] </s>',
  'punctuation!!! ??? ... --- “quotes” ‘single’ «guillemets» — dash',
  'supercalifragilisticexpialidocious'.repeat(8),
  'This paper studies pruning of large language models. '.repeat(20),
  'long text that must be cut at the maximum of the model '.repeat(120),
];

let pages: BuiltPages;
let host: Host;
let context: BrowserContext;

beforeAll(async () => {
  pages = await buildPages(['engine', 'parity']);
  host = await serve(pages.directory);
  context = await launch();
});

afterAll(async () => {
  await context?.close();
  await host?.close();
  pages?.remove();
});

it.each([MODEL, QUICK_MODEL])('%s gives the vectors that transformers.js gives', async (model) => {
  const page = await context.newPage();
  await page.goto(`${host.url}engine.html`);
  await page.waitForFunction(() => 'sheaf' in window);
  const ours = await page.evaluate(
    async ({ model, texts }) => {
      const base = new URL(`models/${model}/`, document.baseURI).href;
      await window.sheaf.open(await window.sheaf.describe({ kind: 'site', base }), 'wasm');
      return await window.sheaf.embed(texts);
    },
    { model, texts: ['', ...TEXTS] },
  );
  const peer = await context.newPage();
  await peer.goto(`${host.url}parity.html`);
  await peer.waitForFunction(() => 'embedWithTransformers' in window);
  const theirs = await peer.evaluate(({ model, texts }) => window.embedWithTransformers(model, texts), {
    model,
    texts: TEXTS,
  });
  const far = TEXTS.map((text, index) => ({
    text: text.slice(0, 60),
    cosine: cosine(ours.vectors[index + 1] ?? [], theirs[index] ?? []),
  })).filter((pair) => !(pair.cosine >= LEAST_COSINE));
  expect(far).toEqual([]);
  expect(ours.cut.at(-1)).toBe(true);
  expect(ours.cut.filter(Boolean).length).toBe(1);
  // An empty text has no piece at all: a zero row here, and no number at all there.
  expect(ours.vectors[0]?.every((value) => value === 0)).toBe(true);
});
