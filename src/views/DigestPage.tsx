import { createMemo, For, Show } from 'solid-js';
import { type Digest, digestToHtml, digestToMail, digestToMarkdown } from '../export/digest.ts';
import { countByDay, latestPeriod, type PeriodKind, parsePeriod } from '../paper/calendar.ts';
import { formatDate } from '../paper/date.ts';
import { plain } from '../paper/latex.ts';
import {
  askedFrom,
  bestOfTopic,
  createDigestPapers,
  type DigestTime,
  digestTime,
  restOfTopic,
  type TopicDigest,
} from '../state/digest.ts';
import { today } from '../state/library.ts';
import { laterTexts } from '../texts/later.ts';
import './digest.css';
import { useSheaf } from './context.ts';
import { Facts } from './Facts.tsx';
import { sinceWords } from './NewLine.tsx';
import { PageFrame } from './PageFrame.tsx';
import { PERIOD_KINDS } from './period.ts';
import { periodName } from './periodName.ts';
import { saveFile } from './TakeAway.tsx';
import { Tell } from './Tell.tsx';

/** Papers shown of a topic; the rest are a link away. */
const MOST_SHOWN = 5;

/** The papers of a time by followed topic: to look at, to save, to print, to put into a letter. */
export function DigestPage() {
  const sheaf = useSheaf();
  const { bar, topics, following, listing, visits } = sheaf;
  const time = createMemo(() => digestTime(sheaf), undefined, {
    equals: (a, b) => JSON.stringify(a) === JSON.stringify(b),
  });
  const papersOf = createDigestPapers(sheaf);
  const found = createMemo<readonly TopicDigest[]>(() => {
    const papers = new Map(papersOf(time()).map((paper) => [paper.id, paper]));
    return following.topics().map((topic) => ({
      topic,
      papers: bestOfTopic(topics.scores(topic.id), papers, today()),
    }));
  });
  const ranking = () =>
    listing.waiting() || !topics.loaded() || following.topics().some(({ id }) => !topics.scores(id));
  const name = () => {
    const of = time();
    if (of.kind === 'period') return periodName(of.period);
    if (of.kind === 'asked') {
      const from = askedFrom(bar.address());
      if (from) return laterTexts.days.digest.since(formatDate(from));
      return bar.address().query.trim() || laterTexts.days.digest.listed;
    }
    return laterTexts.days.digest.sinceVisit(sinceOf(visits.since()));
  };
  const restOf = ({ topic }: TopicDigest) =>
    bar.link({
      ...restOfTopic(topic, topics.list(), time(), bar.address()),
      page: undefined,
      paper: undefined,
    });
  const digest = createMemo<Digest>(() => ({
    title: name(),
    sections: found().map((section) => ({
      name: section.topic.name,
      papers: section.papers.slice(0, MOST_SHOWN),
      more: Math.max(0, section.papers.length - MOST_SHOWN),
      moreUrl: new URL(restOf(section), location.href).href,
    })),
  }));
  return (
    <PageFrame title={laterTexts.days.digest.title}>
      <div class="digest">
        <p class="no-print">{laterTexts.days.digest.about}</p>
        <Choose time={time()} />
        <TakeDigest digest={digest()} disabled={ranking()} />
        <p class="digest-time">{name()}</p>
        <Show when={following.topics().length === 0 && topics.loaded()}>
          <p>
            {topics.list().length === 0
              ? laterTexts.days.digest.noTopics
              : laterTexts.days.digest.noneFollowed}
          </p>
        </Show>
        <p class="quiet" role="status">
          {ranking() ? laterTexts.days.digest.ranking : ''}
        </p>
        <Show when={!ranking()}>
          <For each={found()}>{(section) => <Section section={section} rest={restOf(section)} />}</For>
        </Show>
        <Follow />
        <Tell />
      </div>
    </PageFrame>
  );
}

const sinceOf = (moment: string | undefined) => (moment ? sinceWords(moment) : undefined);

function Section(props: { section: TopicDigest; rest: string }) {
  const { bar } = useSheaf();
  const more = () => props.section.papers.length - MOST_SHOWN;
  return (
    <section>
      <h2>
        <span class={`dot hue-${props.section.topic.color}`} /> {props.section.topic.name}
      </h2>
      <ul>
        <For
          each={props.section.papers.slice(0, MOST_SHOWN)}
          fallback={<li>{laterTexts.days.digest.nothing}</li>}
        >
          {(paper) => (
            <li>
              <a class="link" href={bar.link({ paper: paper.id, page: undefined })}>
                {plain(paper.title)}
              </a>
              <Facts paper={paper} />
            </li>
          )}
        </For>
      </ul>
      <Show when={more() > 0}>
        <a class="link rest" href={props.rest}>
          {laterTexts.days.digest.rest(more(), props.section.topic.name)}
        </a>
      </Show>
    </section>
  );
}

/** The time: what is chosen is what the list beside it shows, too. */
function Choose(props: { time: DigestTime }) {
  const { bar, library, visits } = useSheaf();
  const days = createMemo(() => [...countByDay(library.papers()).keys()]);
  const latest = () =>
    PERIOD_KINDS.map((kind) => latestPeriod(days(), kind)).filter((one) => one !== undefined);
  const chosen = () => {
    const { time } = props;
    return time.kind === 'period' ? `${time.period.kind}/${time.period.id}` : time.kind;
  };
  const options = (): (readonly [string, string])[] => {
    const { time } = props;
    const all: (readonly [string, string])[] = [
      ['new', laterTexts.days.digest.sinceVisit(sinceOf(visits.since()))],
      ...latest().map(
        (period) =>
          [
            `${period.kind}/${period.id}`,
            laterTexts.days.digest.latestNamed(
              laterTexts.days.digest.latest[period.kind],
              periodName(period),
            ),
          ] as const,
      ),
    ];
    if (time.kind === 'asked') all.push(['asked', laterTexts.days.digest.listed]);
    else if (time.kind === 'period' && !all.some(([value]) => value === chosen()))
      all.push([chosen(), periodName(time.period)]);
    return all;
  };
  const choose = (value: string) => {
    const [kind = '', id = ''] = value.split('/');
    const period = parsePeriod(kind as PeriodKind, id);
    if (kind === 'new') bar.go({ place: { kind }, query: '' });
    else if (period) bar.go({ place: { kind: period.kind, id }, query: '' });
  };
  return (
    <p class="actions no-print">
      <label>
        {laterTexts.days.digest.time}{' '}
        <select onChange={(event) => choose(event.currentTarget.value)}>
          <For each={options()}>
            {([value, label]) => (
              <option value={value} selected={value === chosen()}>
                {label}
              </option>
            )}
          </For>
        </select>
      </label>
      <label>
        {laterTexts.days.digest.sinceDate}{' '}
        <input
          type="date"
          onChange={(event) => {
            const { value } = event.currentTarget;
            if (value) bar.go({ place: { kind: 'all' }, query: `after:${value}` });
          }}
        />
      </label>
    </p>
  );
}

function TakeDigest(props: { digest: Digest; disabled: boolean }) {
  const empty = () => props.disabled || props.digest.sections.every(({ papers }) => papers.length === 0);
  const file = () => `sheaf-digest-${today()}`;
  return (
    <p class="actions no-print">
      <button
        type="button"
        class="button main"
        disabled={empty()}
        onClick={() => saveFile(`${file()}.html`, 'text/html', digestToHtml(props.digest))}
      >
        {laterTexts.days.digest.saveHtml}
      </button>
      <button
        type="button"
        class="button"
        disabled={empty()}
        onClick={() => saveFile(`${file()}.md`, 'text/markdown', digestToMarkdown(props.digest))}
      >
        {laterTexts.days.digest.saveMarkdown}
      </button>
      <Show when={!empty()}>
        <a class="button" href={digestToMail(props.digest)}>
          {laterTexts.days.digest.mail}
        </a>
      </Show>
      <button type="button" class="button" disabled={empty()} onClick={() => print()}>
        {laterTexts.days.digest.print}
      </button>
    </p>
  );
}

function Follow() {
  const { topics, following, notices } = useSheaf();
  const follow = (id: string, wanted: boolean) =>
    following.follow(id, wanted).catch((error) => notices.fail(error));
  return (
    <Show when={topics.list().length > 0}>
      <fieldset class="choices no-print">
        <legend>{laterTexts.days.digest.follow}</legend>
        <For each={topics.list()}>
          {(topic) => (
            <label>
              <input
                type="checkbox"
                checked={following.follows(topic.id)}
                onChange={(event) => void follow(topic.id, event.currentTarget.checked)}
              />
              <span class={`dot hue-${topic.color}`} />
              <span>{topic.name}</span>
            </label>
          )}
        </For>
      </fieldset>
    </Show>
  );
}
