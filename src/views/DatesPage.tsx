import { createMemo, createSignal, For, Show } from 'solid-js';
import { countByDay, periodOf, weekdayOf } from '../paper/calendar.ts';
import { laterTexts } from '../texts/later.ts';
import { texts } from '../texts/texts.ts';
import { useSheaf } from './context.ts';
import { PageFrame } from './PageFrame.tsx';
import { partsOf, periodName } from './periodName.ts';

interface MonthOfPapers {
  readonly id: string;
  readonly papers: number;
  /** Days with papers, newest first, by the week that they are in. */
  readonly weeks: readonly { readonly id: string; readonly days: readonly DayOfPapers[] }[];
  readonly withoutDay: number;
}
interface DayOfPapers {
  readonly day: string;
  readonly papers: number;
}

/** Months with their weeks, days and counts. A month draws its days when it is opened: a library may span decades. */
export function DatesPage() {
  const { bar, library } = useSheaf();
  const counts = createMemo(() => countByDay(library.papers()));
  const months = createMemo(() => monthsOf(counts()));
  const yearsOnly = () =>
    [...counts()].filter(([day]) => day.length === 4).sort((a, b) => (a[0] < b[0] ? 1 : -1));
  const withoutDate = () => library.papers().length - [...counts().values()].reduce((sum, n) => sum + n, 0);
  return (
    <PageFrame title={laterTexts.days.dates.title}>
      <p>{laterTexts.days.dates.about}</p>
      <Show when={months().length > 0} fallback={<p>{laterTexts.days.dates.none}</p>}>
        <div class="dates">
          <For each={months()}>
            {(month, index) => (
              <>
                <Show when={month.id.slice(0, 4) !== months()[index() - 1]?.id.slice(0, 4)}>
                  <h2>{month.id.slice(0, 4)}</h2>
                </Show>
                <Month month={month} open={index() === 0} />
              </>
            )}
          </For>
        </div>
      </Show>
      <For each={yearsOnly()}>
        {([year, n]) => <p class="quiet">{laterTexts.days.dates.withoutMonth(n, year)}</p>}
      </For>
      <Show when={withoutDate() > 0}>
        <p class="quiet">{laterTexts.days.dates.withoutDate(withoutDate())}</p>
      </Show>
      <p>
        <a class="link" href={bar.link({ place: { kind: 'all' }, query: '', page: undefined })}>
          {laterTexts.days.showAll}
        </a>
      </p>
    </PageFrame>
  );
}

function Month(props: { month: MonthOfPapers; open: boolean }) {
  const { bar } = useSheaf();
  const [drawn, setDrawn] = createSignal(false);
  const period = () => periodOf('month', `${props.month.id}-01`);
  const to = (kind: 'day' | 'week' | 'month', id: string) =>
    bar.link({ place: { kind, id }, page: undefined });
  return (
    <details open={props.open} onToggle={(event) => event.currentTarget.open && setDrawn(true)}>
      <summary>
        <span class="name">{periodName(period())}</span>
        <span class="number">{laterTexts.days.dates.papers(props.month.papers)}</span>
      </summary>
      <Show when={drawn() || props.open}>
        <ul>
          <li class="whole">
            <a class="link" href={to('month', props.month.id)}>
              {laterTexts.days.dates.wholeMonth}
            </a>
            <Show when={props.month.withoutDay > 0}>
              <span class="quiet">{laterTexts.days.dates.withoutDay(props.month.withoutDay)}</span>
            </Show>
          </li>
          <For each={props.month.weeks}>
            {(week) => (
              <li class="week">
                <a href={to('week', week.id)}>{laterTexts.days.dates.weekShort(Number(week.id.slice(-2)))}</a>
                <ul>
                  <For each={week.days}>
                    {({ day, papers }) => (
                      <li>
                        <a href={to('day', day)}>
                          <span class="name">{texts.days.dayOfWeek(partsOf(day), weekdayOf(day))}</span>
                          <span class="number">{papers.toLocaleString('en')}</span>
                        </a>
                      </li>
                    )}
                  </For>
                </ul>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </details>
  );
}

function monthsOf(counts: ReadonlyMap<string, number>): readonly MonthOfPapers[] {
  const months = new Map<string, { papers: number; withoutDay: number; days: DayOfPapers[] }>();
  for (const [day, papers] of counts) {
    if (day.length < '2026-03'.length) continue;
    const id = day.slice(0, 7);
    const month = months.get(id) ?? { papers: 0, withoutDay: 0, days: [] };
    months.set(id, month);
    month.papers += papers;
    if (day.length === id.length) month.withoutDay += papers;
    else month.days.push({ day, papers });
  }
  return [...months]
    .sort(([a], [b]) => (a < b ? 1 : -1))
    .map(([id, { papers, withoutDay, days }]) => ({ id, papers, withoutDay, weeks: weeksOf(days) }));
}

function weeksOf(days: readonly DayOfPapers[]): MonthOfPapers['weeks'] {
  const weeks = new Map<string, DayOfPapers[]>();
  for (const one of days.toSorted((a, b) => (a.day < b.day ? 1 : -1))) {
    const { id } = periodOf('week', one.day);
    const week = weeks.get(id);
    if (week) week.push(one);
    else weeks.set(id, [one]);
  }
  return [...weeks].map(([id, inWeek]) => ({ id, days: inWeek }));
}
