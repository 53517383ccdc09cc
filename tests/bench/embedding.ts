/**
 * Texts of mixed length embedded a second: Sheaf and transformers.js in a page, in turns, and the native runtime. All
 * with as many threads as the page may have; Sheaf reads the quick model without a runtime, with one.
 */
import { cosine } from '../browser/cosine.ts';
import { type Host, launch } from '../browser/harness.ts';
import { INSTALL_NATIVE, type NativeSpeed, openNative } from './native.ts';
import { calibrate, embedPeer, embedSheaf, labelThreads, openBoth, rate } from './speed.ts';
import { formatCount, median, type Section } from './table.ts';
import { meanTokens } from './texts.ts';

/** As many texts as the list is long that figures are promised for. */
export const MIXED_TEXTS = 2_000;
const ROUNDS = 3;
/** What is promised: so many times transformers.js, and this share of the native runtime. */
const LEAST_TIMES_PEER = 2;
const LEAST_SHARE_OF_NATIVE = 0.5;

export interface EmbeddingSpeed {
  readonly model: string;
  readonly threads: number;
  readonly texts: number;
  readonly tokens: number;
  readonly peerSize: number;
  /** Texts a second, one value a round. */
  readonly sheaf: readonly number[];
  readonly peer: readonly number[];
  /** Of the native runtime with Sheaf's tokenizer, and of the runtime alone; none where it is not installed. */
  readonly native: readonly number[];
  readonly nativeGraph: readonly number[];
  /** The least cosine of Sheaf's vectors with the other two's. */
  readonly cosine: number;
}

/** @param rounds of each; who goes first changes. */
export async function measureEmbedding(
  host: Host,
  model: string,
  texts: readonly string[],
  rounds = ROUNDS,
): Promise<EmbeddingSpeed> {
  const context = await launch();
  try {
    const page = await context.newPage();
    const threads = await openBoth(page, host, model);
    const native = await openNative(model, threads);
    const { peerSize } = await calibrate(page);
    await native?.(texts.slice(0, 64));
    const given = [...texts];
    const speeds = { sheaf: [] as number[], peer: [] as number[] };
    const natives: NativeSpeed[] = [];
    let leastCosine = 1;
    for (let round = 0; round < rounds; round++) {
      const first = new Map<string, number[][]>();
      const turns = [
        async () => {
          const ours = await embedSheaf(page, given);
          speeds.sheaf.push(rate(ours));
          first.set('sheaf', ours.first);
        },
        async () => {
          const theirs = await embedPeer(page, given, peerSize);
          speeds.peer.push(rate(theirs));
          first.set('peer', theirs.first);
        },
        async () => {
          const found = await native?.(given);
          if (!found) return;
          natives.push(found);
          first.set(
            'native',
            found.rows.slice(0, 8).map((row) => Array.from(row)),
          );
        },
      ];
      for (let turn = 0; turn < turns.length; turn++) await turns[(turn + round) % turns.length]?.();
      for (const other of ['peer', 'native'])
        for (const [at, row] of (first.get(other) ?? []).entries())
          leastCosine = Math.min(leastCosine, cosine(row, first.get('sheaf')?.[at] ?? []));
    }
    const aSecond = (milliseconds: number) => (1000 * texts.length) / milliseconds;
    return {
      ...{ model, threads, texts: texts.length, tokens: meanTokens(texts), peerSize, cosine: leastCosine },
      ...speeds,
      native: natives.map(({ whole }) => aSecond(whole)),
      nativeGraph: natives.map(({ graph }) => aSecond(graph)),
    };
  } finally {
    await context.close();
  }
}

export function tabulateEmbedding(results: readonly EmbeddingSpeed[]): Section {
  const [one] = results;
  const ratio = (ours: readonly number[], theirs: readonly number[]) =>
    median(ours.map((value, round) => value / (theirs[round] ?? Number.NaN)));
  const held = (value: number, least: number) =>
    Number.isNaN(value) ? 'not installed' : `${value.toFixed(2)} (${value >= least ? 'held' : 'missed'})`;
  const count = (values: readonly number[]) => (values.length > 0 ? formatCount(median(values)) : '–');
  const missing = results.some(({ native }) => native.length === 0);
  return {
    title: `Texts a second: ${formatCount(one?.texts ?? 0)} real abstracts of mixed length, ${Math.round(one?.tokens ?? 0)} tokens in the mean`,
    columns: [
      'Sheaf',
      'transformers.js',
      `ratio, limit ${LEAST_TIMES_PEER}`,
      'native',
      `ratio, limit ${LEAST_SHARE_OF_NATIVE}`,
      'its graph alone',
    ],
    rows: results.map(({ model, threads, sheaf, peer, native, nativeGraph }) => [
      `${model}, ${labelThreads(threads)}`,
      count(sheaf),
      count(peer),
      held(ratio(sheaf, peer), LEAST_TIMES_PEER),
      count(native),
      held(ratio(sheaf, native), LEAST_SHARE_OF_NATIVE),
      count(nativeGraph),
    ]),
    notes: [
      `Medians of ${one?.sheaf.length ?? 0} rounds in turns. transformers.js at its best number of texts a call: ${results.map(({ peerSize }) => peerSize).join(', ')}. Native: ONNX Runtime for Node with Sheaf’s tokenizer and batches.`,
      ...(missing ? [`The native runtime is not installed: ${INSTALL_NATIVE}`] : []),
    ],
  };
}
