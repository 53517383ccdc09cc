import { fromMarkdown } from 'mdast-util-from-markdown';
import { createMemo, For, type JSX, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { httpUrl } from '../paper/addresses.ts';
import { isTangled } from '../paper/note.ts';
import { laterTexts } from '../texts/later.ts';

type Root = ReturnType<typeof fromMarkdown>;
type Block = Root['children'][number];
/** Where `[words][name]` leads. */
type Addresses = ReadonlyMap<string, string>;

/** The page's own headings stop at 2. */
const FIRST_HEADING = 3;
const LAST_HEADING = 6;

/** Markdown as elements: a safe part of it is drawn, the rest is the text that it is. Never HTML. */
export function NoteText(props: { markdown: string }) {
  const tangled = createMemo(() => isTangled(props.markdown));
  const tree = createMemo(() => fromMarkdown(tangled() ? '' : props.markdown));
  const addresses = createMemo<Addresses>(() => {
    const found = new Map<string, string>();
    for (const node of tree().children) {
      if (node.type === 'definition' && !found.has(node.identifier)) found.set(node.identifier, node.url);
    }
    return found;
  });
  return (
    <div class="note-text" dir="auto">
      <Show when={tangled()} fallback={<Nodes of={tree().children} addresses={addresses()} />}>
        <p class="quiet">{laterTexts.reading.noteAsWritten}</p>
        <pre>{props.markdown}</pre>
      </Show>
    </div>
  );
}

function Nodes(props: { of: readonly Block[]; addresses: Addresses }) {
  return <For each={props.of}>{(node) => draw(node, props.addresses)}</For>;
}

function draw(node: Block, addresses: Addresses): JSX.Element {
  const inside = (of: { readonly children: readonly Block[] }) => (
    <Nodes of={of.children} addresses={addresses} />
  );
  switch (node.type) {
    case 'text':
      return node.value;
    case 'paragraph':
      return <p dir="auto">{inside(node)}</p>;
    case 'heading': {
      const depth = Math.min(LAST_HEADING, node.depth + FIRST_HEADING - 1);
      return (
        <Dynamic component={`h${depth}`} dir="auto">
          {inside(node)}
        </Dynamic>
      );
    }
    case 'emphasis':
      return <em>{inside(node)}</em>;
    case 'strong':
      return <strong>{inside(node)}</strong>;
    case 'inlineCode':
      return <code>{node.value}</code>;
    case 'code':
      return (
        <pre dir="ltr">
          <code>{node.value}</code>
        </pre>
      );
    case 'blockquote':
      return <blockquote dir="auto">{inside(node)}</blockquote>;
    case 'list':
      return node.ordered ? <ol start={node.start ?? 1}>{inside(node)}</ol> : <ul>{inside(node)}</ul>;
    case 'listItem':
      return <li dir="auto">{inside(node)}</li>;
    case 'thematicBreak':
      return <hr />;
    case 'break':
      return <br />;
    case 'link':
      return <Outside url={node.url}>{inside(node)}</Outside>;
    case 'linkReference':
      return <Outside url={addresses.get(node.identifier)}>{inside(node)}</Outside>;
    case 'image':
      return <Outside url={node.url}>{node.alt || laterTexts.reading.picture}</Outside>;
    case 'imageReference':
      return <Outside url={addresses.get(node.identifier)}>{node.alt || laterTexts.reading.picture}</Outside>;
    case 'html':
      return node.value;
    default:
      return null;
  }
}

/** A link where it leads to the web, else its words alone. A picture is not fetched: that would tell its host. */
function Outside(props: { url: string | undefined; children: JSX.Element }) {
  const url = () => httpUrl(props.url ?? '');
  return (
    <Dynamic component={url() ? 'a' : 'span'} href={url()} {...(url() ? AWAY : {})}>
      {props.children}
    </Dynamic>
  );
}

const AWAY = { class: 'link', target: '_blank', rel: 'noreferrer noopener' };
