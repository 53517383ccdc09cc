import { type Accessor, createEffect, createMemo, createSignal, on } from 'solid-js';
import type { Ranker } from '../engine/ranker.ts';
import { parseArxivId } from '../paper/identity.ts';
import type { Paper } from '../paper/paper.ts';
import type { Question } from '../words/question.ts';
import type { Library } from './library.ts';
import type { Meaning } from './meaning.ts';

/** What `like:` asks for: the papers near one that is named. */
export interface Likes {
  /** Ids of the papers near the one named, as "Similar papers" gives them; none while they are being found. */
  near(asked: string): ReadonlySet<string>;
  /** The paper that is named by its arXiv id or by the id that it has here. */
  paperOf(asked: string): Paper | undefined;
}

interface Parts {
  readonly question: Accessor<Question>;
  readonly library: Library;
  readonly ranker: Pick<Ranker, 'similar'>;
  readonly indexed: Accessor<number>;
  readonly meaning: Pick<Meaning, 'version'>;
}

/** As many as "Similar papers" lists. */
const MOST = 50;
/** Where none is clearly near, the nearest are what there is. */
const FEWEST = 5;
const NONE: ReadonlySet<string> = new Set();

export function createLikes({ question, library, ranker, indexed, meaning }: Parts): Likes {
  const byArxivId = createMemo(
    () => new Map(library.papers().flatMap((paper) => (paper.arxivId ? [[paper.arxivId, paper]] : []))),
  );
  const paperOf = (asked: string): Paper | undefined => {
    const own = library.byId(asked);
    const arxivId = own ? undefined : parseArxivId(asked);
    return own ?? (arxivId === undefined ? undefined : byArxivId().get(arxivId));
  };
  const wanted = createMemo(
    () => {
      const asked = question().filters.flatMap(({ condition }) =>
        condition.kind === 'like' ? (paperOf(condition.value)?.id ?? []) : [],
      );
      return [...new Set(asked)];
    },
    [],
    { equals: (a, b) => a.join('\n') === b.join('\n') },
  );
  const [found, setFound] = createSignal<ReadonlyMap<string, ReadonlySet<string>>>(new Map());
  createEffect(
    on([wanted, indexed, meaning.version], async ([ids]) => {
      const sets = await Promise.all(
        ids.map(async (id) => {
          // A ranker that is gone has been told of already.
          const hits = await ranker.similar([id], MOST).catch(() => []);
          const near = hits.filter((hit, place) => hit.relevant || place < FEWEST);
          return [id, new Set(near.map((hit) => hit.id))] as const;
        }),
      );
      if (wanted() === ids) setFound(new Map(sets));
    }),
  );
  return {
    near: (asked) => found().get(paperOf(asked)?.id ?? '') ?? NONE,
    paperOf,
  };
}
