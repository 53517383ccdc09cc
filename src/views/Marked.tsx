import { For } from 'solid-js';

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Plain text with some spans emphasised or marked. Text stays text: nodes, never HTML. */
export function Marked(props: { text: string; spans: readonly Span[]; as?: 'mark' | 'match' }) {
  const parts = () => {
    const pieces: { text: string; marked: boolean }[] = [];
    let at = 0;
    for (const { start, end } of props.spans) {
      if (start > at) pieces.push({ text: props.text.slice(at, start), marked: false });
      pieces.push({ text: props.text.slice(start, end), marked: true });
      at = end;
    }
    if (at < props.text.length) pieces.push({ text: props.text.slice(at), marked: false });
    return pieces;
  };
  return (
    <For each={parts()}>
      {(part) => {
        if (!part.marked) return part.text;
        return props.as === 'match' ? <strong class="match">{part.text}</strong> : <mark>{part.text}</mark>;
      }}
    </For>
  );
}
