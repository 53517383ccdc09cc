import type { ModelContract } from '../engine/contract.ts';
import { createProgress, type EmbedProgress } from '../engine/progress.ts';
import type { SiteVectors } from '../engine/site-vectors.ts';
import type { Store, Turn, VectorEntry } from '../store/store.ts';
import { rowOf } from '../vector/matrix.ts';
import { isStop, type Notices } from './notices.ts';
import type { Unread } from './unread.ts';

/** What a site brings for a model of these texts, by their content keys; undefined where it brings nothing. */
export type FindSiteVectors = (
  contract: ModelContract,
  keys: readonly string[],
  signal: AbortSignal,
) => Promise<SiteVectors | undefined>;

/**
 * Vectors that were published with the site.
 * @param models names of the models that it brings vectors of, as its page says.
 */
export function createSiteVectors(
  base: string,
  models: readonly string[],
  notices: Notices,
): FindSiteVectors {
  /** Texts that a model's file does not have, or that a broken file cannot give: not asked for again. */
  const missing = new Map<string, Set<string>>();
  return async (contract, keys, signal) => {
    const model = models.find((name) => contract.id.startsWith(`${name}#`));
    if (model === undefined) return undefined;
    const known = missing.get(contract.id) ?? new Set();
    missing.set(contract.id, known);
    const wanted = keys.filter((key) => !known.has(key));
    if (wanted.length === 0) return undefined;
    try {
      const { fetchSiteVectors } = await import('../engine/site-vectors.ts');
      const found = await fetchSiteVectors(base, model, contract, wanted, signal);
      for (const key of wanted) if (!found?.rows.has(key)) known.add(key);
      return found;
    } catch (error) {
      if (isStop(error) || signal.aborted) throw error;
      for (const key of wanted) known.add(key);
      notices.fail(error);
      return undefined;
    }
  };
}

/** Rows kept at once: 2 MB at 256 columns, so that the page draws between two. */
const SLICE = 2_048;

interface TakeOptions {
  readonly signal: AbortSignal;
  onProgress(progress: EmbedProgress): void;
  onBatch(entries: readonly VectorEntry[], vectors: Float32Array<ArrayBuffer>): unknown;
  onUnkept(error: unknown): void;
  readonly turn?: Turn | undefined;
}

/** Puts what the site brings into the store as if it had been embedded here, and gives what it does not bring. */
export async function takeSiteVectors(
  store: Store,
  contract: ModelContract,
  unread: readonly Unread[],
  find: FindSiteVectors,
  { signal, onProgress, onBatch, onUnkept, turn }: TakeOptions,
): Promise<readonly Unread[]> {
  const keys = unread.map(({ key }) => key);
  const brought = await find(contract, keys, signal);
  if (!brought) return unread;
  const { rows, cut, matrix } = brought;
  const taken = unread.filter(({ key }) => rows.has(key));
  const texts = taken.map(({ text }) => text);
  const tell = createProgress(texts, (step) => onProgress({ ...step, total: unread.length }));
  for (let at = 0; at < taken.length; at += SLICE) {
    signal.throwIfAborted();
    const slice = taken.slice(at, at + SLICE);
    const vectors = new Float32Array(slice.length * matrix.columns);
    const entries = slice.map(({ id, key }, index): VectorEntry => {
      const row = rows.get(key) as number;
      const vector = rowOf(matrix, row).slice();
      vectors.set(vector, index * matrix.columns);
      return { id, key, vector, cut: cut.has(row) };
    });
    await store.putVectors(contract.id, matrix.columns, entries, turn).catch(onUnkept);
    await onBatch(entries, vectors);
    tell(at + slice.length);
  }
  return unread.filter(({ key }) => !rows.has(key));
}
