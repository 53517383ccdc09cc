import { plain } from '../paper/latex.ts';
import type { Paper } from '../paper/paper.ts';
import { laterTexts } from '../texts/later.ts';
import { useSheaf } from './context.ts';
import { extendTo } from './selecting.ts';

/** A row's box, while papers are selected; it stands on the row and is no part of its link. */
export function SelectBox(props: { paper: Paper }) {
  const sheaf = useSheaf();
  const { selection } = sheaf;
  return (
    <label class="select-box" data-of={props.paper.id}>
      <input
        type="checkbox"
        aria-label={laterTexts.reading.selectPaper(plain(props.paper.title))}
        checked={selection.has(props.paper.id)}
        onClick={(event) => {
          if (event.shiftKey) extendTo(sheaf, props.paper.id);
          else selection.toggle(props.paper.id);
          event.currentTarget.checked = selection.has(props.paper.id);
        }}
      />
    </label>
  );
}
