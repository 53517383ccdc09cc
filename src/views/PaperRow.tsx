import { createMemo, Show } from 'solid-js';
import { cutText } from '../paper/cut.ts';
import { plain } from '../paper/latex.ts';
import { matchSpans } from '../ranking/explain.ts';
import type { Row } from '../state/listing.ts';
import { useFirst } from './context.ts';
import { Facts } from './Facts.tsx';
import { Marked } from './Marked.tsx';
import { onDemand } from './onDemand.ts';
import { extendTo } from './selecting.ts';

const Bars = onDemand('Bars');
const BelongsBar = onDemand('BelongsBar');
const InNote = onDemand('InNote');
const SelectBox = onDemand('SelectBox');
const ReorderTools = onDemand('ReorderTools');

/** Characters of an abstract that three lines can hold, with room to spare: longer text costs layout. */
const SNIPPET_LENGTH = 320;

/** A row answers "why is it here": the bars, the matched words, the nearest sentence. */
export function PaperRow(props: { row: Extract<Row, { kind: 'paper' }>; below: boolean }) {
  const sheaf = useFirst();
  const { bar, listing, marks, second, topics } = sheaf;
  const paper = () => props.row.paper;
  const current = () => bar.address().paper === paper().id;
  /** Made once: what finds it comes after the first rows. */
  const nearest = createMemo(() => second()?.sentences.nearest(paper));
  const hit = () => {
    const order = listing.order();
    return order === 'best' || order === 'similar' ? listing.hitOf(paper().id) : undefined;
  };
  const probability = () => listing.probabilityOf(paper().id);
  const words = () => listing.hitOf(paper().id)?.keyword?.words ?? [];
  const title = createMemo(() => plain(paper().title));
  const snippet = createMemo(() => {
    const abstract = plain(paper().abstract);
    const at = listing.mode() ? nearest()?.() : undefined;
    return at ? abstract.slice(at.start, at.end) : cutText(abstract, SNIPPET_LENGTH);
  });
  const hue = () => {
    const { place } = bar.address();
    return place.kind === 'topic' ? (topics.byId(place.id)?.color ?? 0) : 0;
  };
  const open = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    if (event.shiftKey) extendTo(sheaf, paper().id);
    else bar.go({ paper: paper().id, page: undefined });
  };
  return (
    <>
      <Show when={sheaf.selection.selecting()}>
        <SelectBox paper={paper()} />
      </Show>
      <Show when={listing.order() === 'later'}>
        <ReorderTools paper={paper()} />
      </Show>
      <a
        class="row"
        classList={{
          below: props.below,
          bare: !hit() && probability() === undefined,
          read: marks.with('read').has(paper().id),
        }}
        href={bar.link({ paper: paper().id, page: undefined })}
        aria-current={current() ? 'true' : undefined}
        data-paper={paper().id}
        onClick={open}
      >
        <Show when={hit()}>{(found) => <Bars hit={found()} />}</Show>
        <Show when={probability() !== undefined}>
          <BelongsBar probability={probability() ?? 0} hue={hue()} />
        </Show>
        <div>
          <h2 dir="auto">
            <Marked text={title()} spans={matchSpans(title(), words())} as="match" />
          </h2>
          <Facts paper={paper()} dots />
          <Show when={snippet()}>
            <p class="snippet" dir="auto">
              <Marked text={snippet()} spans={matchSpans(snippet(), words())} as="match" />
            </p>
          </Show>
          <Show when={listing.mode() && listing.hitOf(paper().id)}>
            {(found) => <InNote paper={paper()} hit={found()} />}
          </Show>
        </div>
      </a>
    </>
  );
}
