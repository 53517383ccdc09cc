import { createMemo, createSignal, For, onMount } from 'solid-js';
import type { ColumnField, OpenTable } from '../state/imports.ts';
import { laterTexts } from '../texts/later.ts';
import { useSheaf } from './context.ts';
import { keepFocus } from './keepFocus.ts';

const FIELDS = Object.keys(laterTexts.papersIn.columns.names) as ColumnField[];

/** The beginning of a table, with a choice above each column of what it is. */
export function Columns(props: { table: OpenTable }) {
  const { imports } = useSheaf();
  const said = laterTexts.papersIn.columns;
  let heading: HTMLHeadingElement | undefined;
  const [changed, setChanged] = createSignal<ReadonlyMap<number, ColumnField | undefined>>(new Map());
  const [named, setNamed] = createSignal<boolean>();
  const columns = createMemo(() =>
    props.table.columns.map((guess, at) => (changed().has(at) ? changed().get(at) : guess)),
  );
  const isNamed = () => named() ?? props.table.named;
  const rows = () => (isNamed() ? props.table.rows : [props.table.header, ...props.table.rows]);
  const nameOf = (at: number) => (isNamed() && props.table.header[at]?.trim()) || String(at + 1);
  const enough = () => columns().includes('title') || columns().includes('arxivId');
  /** A field is one column's: chosen for another, it leaves the first. */
  const choose = (at: number, field: ColumnField | undefined) => {
    const next = new Map(changed());
    columns().forEach((other, index) => {
      if (field !== undefined && other === field) next.set(index, undefined);
    });
    setChanged(next.set(at, field));
  };
  const add = async () => {
    await imports.addTable({ columns: columns(), named: isNamed() });
    keepFocus(() => document.querySelector<HTMLElement>('.add-report button'));
  };
  const cancel = () => {
    imports.closeTable();
    keepFocus(() => document.querySelector<HTMLElement>('.pages textarea'));
  };
  onMount(() => heading?.focus());
  return (
    <section class="columns" aria-labelledby="columns-heading">
      <h2 id="columns-heading" tabindex="-1" ref={(element) => (heading = element)}>
        {said.title}
      </h2>
      <p>{said.lead(props.table.name)}</p>
      {/* It can be scrolled, so keys must reach it. */}
      <section class="columns-table" tabindex="0" aria-label={said.firstRows}>
        <table>
          <thead>
            <tr>
              <For each={props.table.header}>
                {(_, at) => (
                  <th scope="col">
                    <select
                      aria-label={said.column(nameOf(at()))}
                      value={columns()[at()] ?? ''}
                      onChange={(event) =>
                        choose(at(), (event.currentTarget.value || undefined) as ColumnField | undefined)
                      }
                    >
                      <option value="" selected={columns()[at()] === undefined}>
                        {said.leftOut}
                      </option>
                      <For each={FIELDS}>
                        {(field) => (
                          <option value={field} selected={columns()[at()] === field}>
                            {said.names[field]}
                          </option>
                        )}
                      </For>
                    </select>
                    <span class="quiet">{isNamed() ? props.table.header[at()] : ''}</span>
                  </th>
                )}
              </For>
            </tr>
          </thead>
          <tbody>
            <For each={rows()}>
              {(row) => (
                <tr>
                  <For each={props.table.header}>
                    {(_, at) => <td classList={{ out: columns()[at()] === undefined }}>{row[at()] ?? ''}</td>}
                  </For>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </section>
      <p>
        <label class="named">
          <input
            type="checkbox"
            checked={isNamed()}
            onChange={(event) => setNamed(event.currentTarget.checked)}
          />
          <span>{said.named}</span>
        </label>
      </p>
      <p class="actions">
        <button
          type="button"
          class="button main"
          disabled={!enough() || imports.busy() !== undefined}
          onClick={() => void add()}
        >
          {said.add}
        </button>
        <button type="button" class="button" onClick={cancel}>
          {said.cancel}
        </button>
      </p>
    </section>
  );
}
