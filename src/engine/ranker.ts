import { type Ranking, rankingOf } from '../ranking/hit.ts';
import type { SearchRequest } from '../ranking/search.ts';
import { topicScoresOf } from '../ranking/topicColumns.ts';
import type { TopicQuery, TopicScores } from '../ranking/topics.ts';
import type { Matrix } from '../vector/matrix.ts';
import { connect, type Port, type Remote, remoteOf, transfer } from './call.ts';
import type { EngineError } from './error.ts';
import type { RankingTable, Sent } from './ranking.ts';

/** The collection in its worker: every function of it gives a promise. */
export type Ranker = Omit<Remote<RankingTable>, 'search' | 'scoreTopics'> & {
  /** Hits are made of columns; what they say in particular is made when it is asked for. */
  search(request: SearchRequest): Promise<Ranking>;
  /** Papers of a topic are made of columns when they are asked for. */
  scoreTopics(topics: readonly TopicQuery[]): Promise<TopicScores[]>;
  /** Resolves when the worker is gone; what it held has to be sent to a new one. */
  readonly ended: Promise<EngineError>;
  close(): void;
};

/** Starts the ranking worker at once: keyword results are wanted at the first paint. */
export function createRanker(start: () => Port & { terminate(): void } = startRankingWorker): Ranker {
  const port = start();
  const connection = connect<RankingTable>(port, 'The worker that ranks papers');
  void connection.ended.then(() => port.terminate());
  const remote = remoteOf(connection);
  /** The newest order that came. One without ids is of an order that was here when it was asked. */
  let order: { readonly version: number; readonly ids: readonly string[] } | undefined;
  async function receive<T, R>(
    ask: (known?: number) => Promise<Sent<T>>,
    read: (columns: T, ids: readonly string[]) => R,
  ): Promise<R> {
    const known = order;
    const { columns, version, ids } = await ask(known?.version);
    if (ids && !(order && order.version > version)) order = { version, ids };
    return read(columns, ids ?? known?.ids ?? []);
  }
  type Own = 'ended' | 'close' | 'search' | 'scoreTopics' | 'loadIndex' | 'setVectors' | 'replaceVectors';
  const own: Pick<Ranker, Own> = {
    ended: connection.ended,
    close: () => connection.close(),
    search: (request) => receive((known) => connection.call('search', request, known), rankingOf),
    scoreTopics: (topics) =>
      receive(
        (known) => connection.call('scoreTopics', topics, known),
        (columns, ids) => columns.map((each) => topicScoresOf(each, ids)),
      ),
    /** Moves the pages. */
    loadIndex: (kept, ids) =>
      connection.call(
        'loadIndex',
        transfer(kept, [...new Set(kept.pages.map(({ buffer }) => buffer as ArrayBuffer))]),
        ids,
      ),
    /** Moves the matrix: its array is empty here afterwards. */
    setVectors: (ids, matrix) => connection.call('setVectors', ids, moved(matrix)),
    /** Moves both. */
    replaceVectors: (ids, matrix, background) =>
      connection.call('replaceVectors', ids, matrix && moved(matrix), background && moved(background)),
  };
  return new Proxy(remote as unknown as Ranker, {
    get: (_, name) => Reflect.get(own, name) ?? Reflect.get(remote, name),
  });
}

const moved = (matrix: Matrix): Matrix => transfer(matrix, [matrix.data.buffer as ArrayBuffer]);

/** The one place that starts the ranking worker; the bundler looks for these very words. */
function startRankingWorker(): Port & { terminate(): void } {
  return new Worker(new URL('./ranking.worker.ts', import.meta.url), { type: 'module', name: 'ranking' });
}
