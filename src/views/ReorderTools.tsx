import { createSignal, onCleanup } from 'solid-js';
import { plain } from '../paper/latex.ts';
import type { Paper } from '../paper/paper.ts';
import { laterTexts } from '../texts/later.ts';
import { useSheaf } from './context.ts';
import { draggedPaper, setDraggedPaper } from './dragged.ts';
import { moveTo } from './later.ts';
import { DownIcon, HandleIcon, UpIcon } from './readingIcons.tsx';

/** The paper above which, or at the end of the list, a dragged row would come to stand. */
const [aim, setAim] = createSignal<{ paper: string; below: boolean }>();
/** So near to the list's edge it scrolls under a dragged row, by so much a frame: pixels. */
const EDGE = 48;
const SCROLL_STEP = 8;

/** In the reading list: a row is dragged, or moved by a step. */
export function ReorderTools(props: { paper: Paper }) {
  const sheaf = useSheaf();
  const { readingList } = sheaf;
  const title = () => plain(props.paper.title);
  const at = () => readingList.ids().indexOf(props.paper.id);
  const move = (to: number) => void moveTo(sheaf, props.paper.id, title(), to);
  const startDrag = createDrag(
    () => props.paper.id,
    (target, below) => {
      const others = readingList.ids().filter((id) => id !== props.paper.id);
      const found = others.indexOf(target);
      if (found >= 0) move(found + (below ? 1 : 0));
    },
  );
  const isAim = () => aim()?.paper === props.paper.id;
  return (
    <span
      class="row-tools"
      classList={{ above: isAim() && !aim()?.below, under: isAim() && aim()?.below === true }}
      data-of={props.paper.id}
    >
      <button
        type="button"
        aria-label={laterTexts.reading.moveUp(title())}
        disabled={at() <= 0}
        onClick={() => move(at() - 1)}
      >
        <UpIcon />
      </button>
      <span class="handle" title={laterTexts.reading.drag} onPointerDown={startDrag}>
        <HandleIcon />
      </span>
      <button
        type="button"
        aria-label={laterTexts.reading.moveDown(title())}
        disabled={at() < 0 || at() === readingList.ids().length - 1}
        onClick={() => move(at() + 1)}
      >
        <DownIcon />
      </button>
    </span>
  );
}

/** @param drop told the row that the pointer was let go over, and whether over its lower half. */
function createDrag(paper: () => string, drop: (paper: string, below: boolean) => void) {
  let end = () => {};
  onCleanup(() => end());
  return (event: PointerEvent) => {
    // A second finger would leave the first one's drag without an end.
    if (event.button !== 0 || draggedPaper() !== undefined) return;
    event.preventDefault();
    const { pointerId } = event;
    setDraggedPaper(paper());
    const handle = event.currentTarget as HTMLElement;
    const scroller = handle.closest<HTMLElement>('.scroller');
    const moved = handle.closest<HTMLElement>('[role="listitem"]');
    moved?.classList.add('dragged');
    let y = event.clientY;
    let frame = 0;
    const look = () => {
      const box = scroller?.getBoundingClientRect();
      if (scroller && box) {
        if (y < box.top + EDGE) scroller.scrollTop -= SCROLL_STEP;
        else if (y > box.bottom - EDGE) scroller.scrollTop += SCROLL_STEP;
        const within = Math.max(box.top, Math.min(box.bottom - 1, y));
        // By their boxes: while the list scrolls its rows are not there for pointers.
        for (const row of scroller.querySelectorAll<HTMLElement>('a.row')) {
          const { top, bottom } = row.getBoundingClientRect();
          if (row.dataset.paper && top <= within && within < bottom)
            setAim({ paper: row.dataset.paper, below: within > (top + bottom) / 2 });
        }
      }
      frame = requestAnimationFrame(look);
    };
    const onMove = (next: PointerEvent) => {
      if (next.pointerId === pointerId) y = next.clientY;
    };
    const onUp = (next: PointerEvent) => {
      if (next.pointerId !== pointerId) return;
      const wanted = aim();
      end();
      if (wanted) drop(wanted.paper, wanted.below);
    };
    const onCancel = (next: PointerEvent) => {
      if (next.pointerId === pointerId) end();
    };
    const onKey = (key: KeyboardEvent) => {
      if (key.key !== 'Escape') return;
      key.stopPropagation();
      end();
    };
    end = () => {
      cancelAnimationFrame(frame);
      end = () => {};
      setAim(undefined);
      setDraggedPaper(undefined);
      moved?.classList.remove('dragged');
      removeEventListener('pointermove', onMove);
      removeEventListener('pointerup', onUp);
      removeEventListener('pointercancel', onCancel);
      removeEventListener('keydown', onKey, true);
    };
    addEventListener('pointermove', onMove);
    addEventListener('pointerup', onUp);
    addEventListener('pointercancel', onCancel);
    addEventListener('keydown', onKey, true);
    frame = requestAnimationFrame(look);
  };
}
