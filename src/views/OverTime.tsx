import './over-time.css';
import { createMemo, createSignal, For, Show } from 'solid-js';
import { formatDate } from '../paper/date.ts';
import { timelineOf } from '../paper/weeks.ts';
import { laterTexts } from '../texts/later.ts';
import { useSheaf } from './context.ts';

interface Line {
  readonly name: string;
  /** Undefined for all papers. */
  readonly hue: number | undefined;
  /** Papers of each period. */
  readonly counts: readonly number[];
  readonly most: number;
  readonly total: number;
}

/** Height of a bar's row in the units of its picture. */
const HEIGHT = 100;
/** The least that a bar stands up: one paper among hundreds is there too. */
const LEAST = 4;

/** Papers a week, of all and of each topic: small pictures one below the other, and the same as a table. */
export function OverTime() {
  const { library, topics } = useSheaf();
  const timeline = createMemo(() => timelineOf(library.papers().map(({ date }) => date)));
  const places = createMemo(() => new Map(timeline().periods.map((period, index) => [period, index])));
  const placeOf = createMemo(() => {
    const { periodOf } = timeline();
    return new Map(library.papers().map(({ id, date }) => [id, places().get(periodOf(date) ?? '')]));
  });
  const undated = () => [...placeOf().values()].filter((at) => at === undefined).length;

  const lineOf = (name: string, hue: number | undefined, ids: readonly string[]): Line => {
    const counts = timeline().periods.map(() => 0);
    for (const id of ids) {
      const at = placeOf().get(id);
      if (at !== undefined) counts[at] = (counts[at] as number) + 1;
    }
    return { name, hue, counts, most: Math.max(0, ...counts), total: counts.reduce((a, b) => a + b, 0) };
  };
  const lines = createMemo<readonly Line[]>(() => [
    lineOf(
      laterTexts.map.overTime.all,
      undefined,
      library.papers().map(({ id }) => id),
    ),
    ...topics.list().map(({ id, name, color }) => {
      const belonging = topics.scores(id)?.belonging ?? [];
      return lineOf(
        name,
        color,
        belonging.map((paper) => paper.id),
      );
    }),
  ]);

  return (
    <section class="over-time" aria-labelledby="over-time">
      <h2 id="over-time">{laterTexts.map.overTime.heading[timeline().unit]}</h2>
      <Show
        when={timeline().periods.length > 0}
        fallback={<p class="quiet">{laterTexts.map.overTime.noDates}</p>}
      >
        <Bars lines={lines()} periods={timeline().periods} />
        <Table lines={lines()} periods={timeline().periods} unit={timeline().unit} />
      </Show>
      <Show when={undated() > 0}>
        <p class="quiet">{laterTexts.map.overTime.undated(undated(), timeline().unit)}</p>
      </Show>
    </section>
  );
}

const nameOf = (period: string | undefined) =>
  period === undefined
    ? ''
    : period.includes('W')
      ? laterTexts.map.overTime.week(period)
      : formatDate(period);

/** One place in time is read in all rows at once: by pointer, or as a slider. */
function Bars(props: { lines: readonly Line[]; periods: readonly string[] }) {
  const [at, setAt] = createSignal<number>();
  const last = () => props.periods.length - 1;
  const read = (line: Line) => {
    const index = at();
    return index === undefined
      ? laterTexts.map.overTime.most(line.most)
      : (line.counts[index] ?? 0).toLocaleString('en');
  };
  const point = (event: PointerEvent & { currentTarget: Element }) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const share = (event.clientX - left) / Math.max(1, width);
    setAt(Math.min(last(), Math.max(0, Math.floor(share * props.periods.length))));
  };
  const step = (event: KeyboardEvent) => {
    const from = at() ?? last() + 1;
    const to = {
      ArrowLeft: from - 1,
      ArrowRight: at() === undefined ? 0 : from + 1,
      Home: 0,
      End: last(),
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    setAt(Math.min(last(), Math.max(0, to)));
  };
  const valueText = () => {
    const index = at();
    if (index === undefined) return laterTexts.map.overTime.hint;
    const values = props.lines.map(({ name, counts }) => `${name} ${counts[index]}`);
    return `${nameOf(props.periods[index])}: ${values.join(', ')}`;
  };
  return (
    <div
      class="time-rows"
      role="slider"
      tabIndex={0}
      aria-label={laterTexts.map.overTime.slider}
      aria-valuemin={0}
      aria-valuemax={last()}
      aria-valuenow={at() ?? last()}
      aria-valuetext={valueText()}
      onKeyDown={step}
    >
      <For each={props.lines}>
        {(line) => (
          <div class="time-row">
            <span class="time-name">
              <Show when={line.hue !== undefined}>
                <span class={`dot hue-${line.hue}`} />
              </Show>
              {line.name}
            </span>
            <svg
              class={line.hue === undefined ? '' : `hue-${line.hue}`}
              viewBox={`0 0 ${props.periods.length} ${HEIGHT}`}
              preserveAspectRatio="none"
              aria-hidden="true"
              onPointerMove={point}
              onPointerDown={point}
              onPointerLeave={() => setAt(undefined)}
            >
              <path d={barsOf(line)} />
              <Show when={at() !== undefined}>
                <rect class="time-here" x={at()} y="0" width="1" height={HEIGHT} />
              </Show>
            </svg>
            <span class="number">{read(line)}</span>
          </div>
        )}
      </For>
      <div class="time-row time-axis" aria-hidden="true">
        <span />
        <span>
          <span>{nameOf(props.periods[0])}</span>
          <Show when={at() !== undefined}>
            <strong>{nameOf(props.periods[at() as number])}</strong>
          </Show>
          <span>{nameOf(props.periods.at(-1))}</span>
        </span>
        <span />
      </div>
    </div>
  );
}

/** All bars of a row as one path: a hundred rectangles a row are slow to lay out. */
function barsOf({ counts, most }: Line): string {
  return counts
    .flatMap((n, index) => {
      if (n === 0) return [];
      const height = LEAST + ((HEIGHT - LEAST) * n) / most;
      return [`M${index + 0.1} ${HEIGHT}v${-height}h.8v${height}z`];
    })
    .join('');
}

function Table(props: { lines: readonly Line[]; periods: readonly string[]; unit: 'week' | 'month' }) {
  const [open, setOpen] = createSignal(false);
  const filled = () =>
    props.periods
      .map((period, index) => ({ period, index }))
      .filter(({ index }) => props.lines[0]?.counts[index]);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{laterTexts.map.overTime.table}</summary>
      <Show when={open()}>
        <div class="time-table">
          <table>
            <thead>
              <tr>
                <th scope="col">{laterTexts.map.overTime.period[props.unit]}</th>
                <For each={props.lines}>{({ name }) => <th scope="col">{name}</th>}</For>
              </tr>
            </thead>
            <tbody>
              <For each={filled()}>
                {({ period, index }) => (
                  <tr>
                    <th scope="row">{nameOf(period)}</th>
                    <For each={props.lines}>
                      {({ counts }) => <td>{counts[index]?.toLocaleString('en')}</td>}
                    </For>
                  </tr>
                )}
              </For>
            </tbody>
          </table>
        </div>
      </Show>
    </details>
  );
}
