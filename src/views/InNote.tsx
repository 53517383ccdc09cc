import { createMemo, Show } from 'solid-js';
import { plain } from '../paper/latex.ts';
import { excerptAround } from '../paper/note.ts';
import type { Paper } from '../paper/paper.ts';
import { matchSpans, reasonInNote } from '../ranking/explain.ts';
import type { Hit } from '../ranking/hit.ts';
import { laterTexts } from '../texts/later.ts';
import { useSheaf } from './context.ts';
import { Marked } from './Marked.tsx';

/** Where what the reader wrote is why a paper was found: the words of the note. */
export function InNote(props: { paper: Paper; hit: Hit }) {
  const { noted } = useSheaf();
  const words = () => props.hit.keyword?.words ?? [];
  const excerpt = createMemo(() => {
    const note = noted.textOf(props.paper.id);
    if (!note) return undefined;
    const own = `${plain(props.paper.title)} ${plain(props.paper.abstract)}`;
    const place = reasonInNote(own, note, props.hit);
    return place && excerptAround(note, place);
  });
  return (
    <Show when={excerpt()}>
      {(text) => (
        <p class="snippet in-note" dir="auto">
          <span class="said">{laterTexts.reading.inYourNote}</span>{' '}
          <Marked text={text()} spans={matchSpans(text(), words())} as="match" />
        </p>
      )}
    </Show>
  );
}
