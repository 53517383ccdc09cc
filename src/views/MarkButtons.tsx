import { plain } from '../paper/latex.ts';
import type { Paper } from '../paper/paper.ts';
import type { MarkKind } from '../state/marks.ts';
import { laterTexts } from '../texts/later.ts';
import { useSheaf } from './context.ts';
import { StarIcon, TickIcon } from './icons.tsx';
import { LaterButton } from './LaterButton.tsx';
import { markPaper } from './mark.ts';

/** Star it, or mark it as read. */
export function MarkButtons(props: { paper: Paper }) {
  const sheaf = useSheaf();
  const { marks } = sheaf;
  const has = (kind: MarkKind) => marks.with(kind).has(props.paper.id);
  const toggle = (kind: MarkKind) => void markPaper(sheaf, props.paper.id, kind);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms.
    <div class="mark-buttons" role="group" aria-label={laterTexts.paper.marks.name(plain(props.paper.title))}>
      <button
        type="button"
        classList={{ on: has('starred') }}
        aria-keyshortcuts="s"
        onClick={() => toggle('starred')}
      >
        <StarIcon full={has('starred')} />
        {has('starred') ? laterTexts.paper.marks.starred : laterTexts.paper.marks.star}
      </button>
      <button
        type="button"
        classList={{ on: has('read') }}
        aria-keyshortcuts="m"
        onClick={() => toggle('read')}
      >
        <TickIcon />
        {has('read') ? laterTexts.paper.marks.read : laterTexts.paper.marks.markRead}
      </button>
      <LaterButton paper={props.paper} />
    </div>
  );
}
