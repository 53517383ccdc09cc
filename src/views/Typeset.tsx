import './formulas.css';
import { createEffect, createMemo, createSignal, For, Show } from 'solid-js';
import { type Formula, formulasOf } from '../paper/formulas.ts';
import { Marked } from './Marked.tsx';

interface Span {
  readonly start: number;
  readonly end: number;
}

type Setter = typeof import('./setFormula.ts');
/** Once for all papers; where it cannot be had the plain text stays, and the next paper tries again. */
const [setter, setSetter] = createSignal<Setter>();
let asked = false;
async function askForSetter(): Promise<void> {
  if (asked) return;
  asked = true;
  try {
    const loaded = await import('./setFormula.ts');
    setSetter(() => loaded);
  } catch {
    asked = false;
  }
}

/**
 * A title or an abstract: plain text with some of its spans marked, and its formulas set once what sets them is here.
 * @param props.plain what `plain` makes of the source; spans are places in it.
 */
export function Typeset(props: { source: string; plain: string; spans: readonly Span[] }) {
  const formulas = createMemo(() => formulasOf(props.source));
  createEffect(() => {
    if (formulas().length > 0) void askForSetter();
  });
  return (
    <Show
      when={formulas().length > 0 && setter()}
      fallback={<Marked text={props.plain} spans={props.spans} />}
    >
      {(loaded) => (
        <For each={piecesOf(props.plain, formulas(), props.spans)}>
          {(piece) => {
            const drawn =
              'formula' in piece
                ? (loaded().setFormula(piece.formula) ?? `$${piece.formula.source}$`)
                : piece.text;
            return piece.marked ? <mark>{drawn}</mark> : drawn;
          }}
        </For>
      )}
    </Show>
  );
}

type Piece = { readonly marked: boolean } & ({ readonly text: string } | { readonly formula: Formula });

/** The text cut at formulas and at the edges of marks; a formula that a mark only begins in is marked whole. */
function piecesOf(text: string, formulas: readonly Formula[], marks: readonly Span[]): Piece[] {
  const isMarked = ({ start, end }: Span) => marks.some((mark) => mark.start < end && start < mark.end);
  const pieces: Piece[] = [];
  const addText = (start: number, end: number) => {
    const edges = marks.flatMap((mark) => [mark.start, mark.end]).filter((at) => at > start && at < end);
    let at = start;
    for (const to of [...edges, end]) {
      if (to > at) pieces.push({ text: text.slice(at, to), marked: isMarked({ start: at, end: to }) });
      at = to;
    }
  };
  let at = 0;
  for (const formula of formulas) {
    addText(at, formula.start);
    pieces.push({ formula, marked: isMarked(formula) });
    at = formula.end;
  }
  addText(at, text.length);
  return pieces;
}
