import { createEffect, createMemo, createResource, For, on, Show } from 'solid-js';
import { citationKeys } from '../export/keys.ts';
import { plain } from '../paper/latex.ts';
import { pagesOf } from '../paper/pages.ts';
import type { Paper } from '../paper/paper.ts';
import { laterTexts } from '../texts/later.ts';
import { texts } from '../texts/texts.ts';
import { Cited } from './Cited.tsx';
import { useSheaf } from './context.ts';
import { Facts } from './Facts.tsx';
import { MarkButtons } from './MarkButtons.tsx';
import { NoteSection } from './NoteSection.tsx';
import { Opinions } from './Opinions.tsx';
import { Tags } from './Tags.tsx';
import { TakeAway } from './TakeAway.tsx';
import { Typeset } from './Typeset.tsx';
import { AlsoHere } from './Versions.tsx';
import { Why } from './Why.tsx';

/** Similar papers shown beneath a paper; the rest behind one link. */
const NEAREST_SHOWN = 5;

export function PaperView(props: { paper: Paper }) {
  const sheaf = useSheaf();
  const { bar, meaning, topics, groups, sentences } = sheaf;
  let heading: HTMLHeadingElement | undefined;
  const title = createMemo(() => plain(props.paper.title));
  const abstract = createMemo(() => plain(props.paper.abstract));
  const sentence = sentences.nearest(() => props.paper);
  const marks = () => {
    const found = bar.address().query ? sentence() : undefined;
    return found ? [found] : [];
  };
  const group = () => groups.of(props.paper.id);

  createEffect(
    on(
      () => props.paper.id,
      () => heading?.closest('.column-paper')?.scrollTo({ top: 0 }),
    ),
  );
  createEffect(() => {
    document.title = `${title()} · ${sheaf.site.name}`;
  });

  return (
    <>
      <PaperBar paper={props.paper} />
      <article class="paper">
        <h1 ref={(element) => (heading = element)} tabindex="-1" dir="auto">
          <Typeset source={props.paper.title} plain={title()} spans={[]} />
        </h1>
        <Facts paper={props.paper} whole />
        <Cited paper={props.paper} />
        <nav class="outside" aria-label={laterTexts.paper.elsewhere} title={laterTexts.reading.needsNetwork}>
          <For each={pagesOf(props.paper)}>
            {(page) => (
              <a class="link" href={page.url} target="_blank" rel="noreferrer noopener">
                {page.label}
              </a>
            )}
          </For>
        </nav>
        <MarkButtons paper={props.paper} />
        <Tags paper={props.paper} />
        <Show when={topics.of(props.paper.id).length > 0 || group()}>
          <div class="pills">
            <For each={topics.of(props.paper.id)}>
              {(topic) => (
                <a class="pill" href={bar.link({ place: { kind: 'topic', id: topic.id }, query: '' })}>
                  <span class={`dot hue-${topic.color}`} />
                  {topic.name}
                </a>
              )}
            </For>
            <Show when={group()}>
              {(found) => (
                <a class="pill" href={bar.link({ place: { kind: 'group', id: found().id }, query: '' })}>
                  {found().name}
                </a>
              )}
            </Show>
          </div>
        </Show>
        <AlsoHere paper={props.paper} />
        <Why paper={props.paper} />
        <Show when={abstract()} fallback={<p class="abstract quiet">{laterTexts.paper.noAbstract}</p>}>
          <p class="abstract" dir="auto">
            <Typeset source={props.paper.abstract} plain={abstract()} spans={marks()} />
          </p>
        </Show>
        <Show when={meaning.wasCut(props.paper.id)}>
          <p class="cut-note">{laterTexts.paper.cut(meaning.contract()?.maximumTokens)}</p>
        </Show>
        <NoteSection paper={props.paper} />
        <Opinions paper={props.paper} />
        <Nearest paper={props.paper} />
        <section>
          <details class="cite">
            <summary>{laterTexts.paper.cite}</summary>
            <TakeAway papers={[props.paper]} name={citationKeys([props.paper])[0] ?? 'paper'} />
          </details>
        </section>
      </article>
    </>
  );
}

function PaperBar(props: { paper: Paper }) {
  const { bar, listing, library, notices } = useSheaf();
  // On a phone the paper lies over the list that the link leads to.
  const narrow = matchMedia('(max-width: 720px)');
  const besideList = () => (narrow.matches ? undefined : props.paper.id);
  const remove = async () => {
    const gone = props.paper;
    const warn = (error: unknown) => notices.fail(error);
    try {
      await library.remove([gone.id]);
      bar.go({ paper: undefined }, { replace: true });
      notices.tell(laterTexts.paper.bar.removed(plain(gone.title)), {
        label: laterTexts.reading.undo,
        run: () => library.restore([gone]).catch(warn),
      });
    } catch (error) {
      warn(error);
    }
  };
  /** Where the paper stood in this list: marked as read it leaves the unread, and the way on goes from there. */
  let stood: { id: string; list: string; at: number } | undefined;
  const step = (by: number) => {
    const papers = listing.rows().flatMap((row) => (row.kind === 'paper' ? [row.paper.id] : []));
    const { id } = props.paper;
    const list = JSON.stringify([bar.address().place, bar.address().query]);
    const at = papers.indexOf(id);
    if (at >= 0) {
      stood = { id, list, at };
      return papers[at + by];
    }
    if (stood?.id !== id || stood.list !== list) return undefined;
    return papers[by > 0 ? stood.at : stood.at - 1];
  };
  const Step = (step_: { by: number; label: string; sign: string }) => (
    <a
      class="step"
      aria-label={step_.label}
      title={step_.label}
      aria-disabled={step(step_.by) ? undefined : 'true'}
      href={step(step_.by) ? bar.link({ paper: step(step_.by) }) : undefined}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        // As by j and k: walking the list is one step of the history.
        if (step(step_.by)) bar.go({ paper: step(step_.by) }, { replace: true });
      }}
    >
      {step_.sign}
    </a>
  );
  return (
    <nav class="paper-bar" aria-label={laterTexts.paper.bar.name}>
      <button type="button" class="back" onClick={() => bar.back({ paper: undefined })}>
        {texts.shell.back}
      </button>
      <a href={bar.link({ place: { kind: 'similar', id: props.paper.id }, query: '', paper: besideList() })}>
        {laterTexts.paper.bar.similar}
      </a>
      <button type="button" onClick={() => void remove()}>
        {laterTexts.paper.bar.remove}
      </button>
      <span class="end">
        <Step by={-1} label={laterTexts.paper.bar.previous} sign="‹" />
        <Step by={1} label={laterTexts.paper.bar.next} sign="›" />
        <button
          type="button"
          class="step close"
          aria-label={laterTexts.paper.bar.close}
          onClick={() => bar.go({ paper: undefined })}
        >
          ×
        </button>
      </span>
    </nav>
  );
}

function Nearest(props: { paper: Paper }) {
  const { bar, ranker, library, indexed, meaning, topics } = useSheaf();
  const [nearest] = createResource(
    () => ({ id: props.paper.id, after: `${indexed()} ${meaning.version()}` }),
    // A ranker that is gone has been told of already.
    ({ id }) => ranker.similar([id], NEAREST_SHOWN).catch(() => []),
  );
  const papers = () => (nearest.latest ?? []).flatMap((hit) => library.byId(hit.id) ?? []);
  return (
    <Show when={papers().length > 0}>
      <section>
        <h2>{laterTexts.paper.nearest}</h2>
        <ul class="nearest">
          <For each={papers()}>
            {(paper) => (
              <li>
                <a href={bar.link({ paper: paper.id })}>
                  <span class={`dot hue-${topics.of(paper.id)[0]?.color ?? 'none'}`} />
                  {plain(paper.title)}
                </a>
              </li>
            )}
          </For>
        </ul>
      </section>
    </Show>
  );
}
