import { createMemo, For, Show } from 'solid-js';
import {
  countByDay,
  latestPeriod,
  nearestPeriod,
  type Period,
  type PeriodKind,
  periodOf,
} from '../paper/calendar.ts';
import { laterTexts } from '../texts/later.ts';
import { useSheaf } from './context.ts';
import { PERIOD_KINDS } from './period.ts';
import { periodName } from './periodName.ts';

/** Which day, week or month the list shows, with the way to those before and after. */
export function PeriodHeading(props: { period: Period }) {
  const { bar, library } = useSheaf();
  const days = createMemo(() => [...countByDay(library.papers()).keys()]);
  /** The same time by another measure: of a longer one its latest part that has papers. */
  const as = (kind: PeriodKind): Period =>
    (props.period.kind === 'day' ? undefined : latestPeriod(days(), kind, props.period)) ??
    periodOf(kind, props.period.first);
  const link = ({ kind, id }: Period) => bar.link({ place: { kind, id } });
  return (
    <div class="period">
      <div class="period-name">
        <Step to={nearestPeriod(days(), props.period, -1)} by={-1} />
        <h2>{periodName(props.period)}</h2>
        <Step to={nearestPeriod(days(), props.period, 1)} by={1} />
      </div>
      <nav aria-label={laterTexts.days.kindsLabel}>
        <For each={PERIOD_KINDS}>
          {(kind) => (
            <a href={link(as(kind))} aria-current={props.period.kind === kind ? 'true' : undefined}>
              {laterTexts.days.kinds[kind]}
            </a>
          )}
        </For>
        <a class="end" href={bar.link({ page: 'dates' })}>
          {laterTexts.days.allDates}
        </a>
      </nav>
    </div>
  );
}

/** Where there is nothing to go to it stays in its place, so that the name does not move. */
function Step(props: { to: Period | undefined; by: -1 | 1 }) {
  const { bar } = useSheaf();
  const sign = () => (props.by < 0 ? '‹' : '›');
  const name = (to: Period) =>
    props.by < 0 ? laterTexts.days.previous(periodName(to)) : laterTexts.days.next(periodName(to));
  return (
    <Show
      when={props.to}
      fallback={
        <span class="step">
          <span aria-hidden="true">{sign()}</span>
          <span class="visually-hidden">
            {props.by < 0 ? laterTexts.days.noPrevious : laterTexts.days.noNext}
          </span>
        </span>
      }
    >
      {(to) => (
        <a
          class="step"
          href={bar.link({ place: { kind: to().kind, id: to().id } })}
          aria-label={name(to())}
          title={name(to())}
        >
          {sign()}
        </a>
      )}
    </Show>
  );
}
