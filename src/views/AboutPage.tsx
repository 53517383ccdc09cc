import { For } from 'solid-js';
import { texts } from '../texts/texts.ts';
import { KeyTable } from './KeyTable.tsx';
import { PageFrame } from './PageFrame.tsx';
import { TextSizeControl } from './TextSizeControl.tsx';

/** The language of the search field, as `words/question.ts` reads it. */
const LANGUAGE = [
  ['splat compression', 'free words: papers that mean or have them'],
  ['"radiance fields"', 'these very words, one after another'],
  ['-diffusion', 'not this word; a minus turns any filter round'],
  ['title:mixer, author:"yann lecun", org:nvidia', 'in the title, among the authors, the organisation'],
  ['topic:"3dgs"', 'papers of a topic, by the beginning of its name'],
  ['cat:cs.CV, cat:cs', 'an arXiv category, or its beginning'],
  ['like:2401.04925', 'papers near one that is here, by its arXiv id'],
  ['after:2026-03, before:2026-03-10', 'a year, a month or a day'],
  ['after:7d, before:2w', 'a time ago: days, weeks, months (m), years (y)'],
  ['comments:>3, upvotes:>=10', 'numbers, with >, >=, < or <='],
  ['is:unread, is:read, is:starred', 'what you have marked'],
  ['has:code, has:abstract', 'what a paper comes with'],
  ...texts.reading.language,
  ['sort:newest', 'also oldest, discussed, trending, topics, comments, upvotes, best'],
] as const;

/** What this is, what leaves the device (nothing), and the keys. */
export function AboutPage() {
  return (
    <PageFrame title="About Sheaf">
      <Introduction />
      <TextSizeControl />
      <h2>Keys</h2>
      <KeyTable />
      <h2>Asking more exactly</h2>
      <p>
        Filters can be typed among the words of a search, in any order; all of them count. Accents and case do
        not matter. Each is shown below the field, with a way to take it away.
      </p>
      <dl class="language">
        <Pairs of={LANGUAGE} />
      </dl>
      <p>{texts.days.aboutTrending}</p>
    </PageFrame>
  );
}

export function Introduction() {
  return (
    <>
      <p class="lead">
        A paper reader that thinks inside your browser. Ask in your own words and get the papers that mean
        that, ranked by topic; read them later without a network.
      </p>
      <ul class="plain">
        <li>
          Search compares both words and meaning. Each result says why it is there: the left bar is meaning,
          the right bar words, and the nearest sentence stands below.
        </li>
        <li>
          Topics rank every paper and draw a line below which papers probably do not belong. Add your own by
          typing a sentence, and say of papers that they belong: the topic learns from them at once. What you
          say does not belong goes out.
        </li>
        <li>Groups are found in the papers themselves and named by their telling words.</li>
        <li>
          There is no server and no account. The model runs on this device, the papers are kept on this
          device, and nothing is sent anywhere.
        </li>
      </ul>
    </>
  );
}

function Pairs(props: { of: readonly (readonly [key: string, what: string])[] }) {
  return (
    <For each={props.of}>
      {([key, what]) => (
        <>
          <dt>
            <kbd>{key}</kbd>
          </dt>
          <dd>{what}</dd>
        </>
      )}
    </For>
  );
}
