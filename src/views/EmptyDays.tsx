import { createMemo, For, Show } from 'solid-js';
import { countByDay, nearestPeriod, type Period, type PeriodKind } from '../paper/calendar.ts';
import type { Address } from '../state/address.ts';
import { laterTexts } from '../texts/later.ts';
import { useSheaf } from './context.ts';
import { sinceWords } from './NewLine.tsx';
import { periodIn } from './period.ts';
import { periodName } from './periodName.ts';

/** The place of a period that there is not: a mistyped address. */
export function mistypedPeriod(address: Address): { kind: PeriodKind; id: string } | undefined {
  const { place } = address;
  const dated = place.kind === 'day' || place.kind === 'week' || place.kind === 'month';
  return dated && !periodIn(address) ? place : undefined;
}

/** Why a day, week or month has no papers, and where the nearest are. */
export function EmptyPeriod() {
  const { bar, library } = useSheaf();
  const open = () => periodIn(bar.address());
  const wrong = () => mistypedPeriod(bar.address());
  const near = createMemo(() => {
    const period = open();
    if (!period) return [];
    const days = [...countByDay(library.papers()).keys()];
    return [nearestPeriod(days, period, -1), nearestPeriod(days, period, 1)].filter(
      (one) => one !== undefined,
    );
  });
  const say = ({ first }: Period, to: Period) =>
    to.first < first ? laterTexts.days.previous(periodName(to)) : laterTexts.days.next(periodName(to));
  return (
    <div class="empty">
      <Show when={wrong()}>
        {(place) => (
          <>
            <h2>{laterTexts.days.noSuch[place().kind]}</h2>
            <p>
              {laterTexts.days.addressSays(place().id)} {laterTexts.days.howWritten[place().kind]}
            </p>
          </>
        )}
      </Show>
      <Show when={open()}>
        {(period) => (
          <>
            <h2>{laterTexts.days.none(periodName(period()))}</h2>
            <p>{laterTexts.days.noneHelp}</p>
            <For each={near()}>
              {(to) => (
                <p>
                  <a class="link" href={bar.link({ place: { kind: to.kind, id: to.id } })}>
                    {say(period(), to)}
                  </a>
                </p>
              )}
            </For>
          </>
        )}
      </Show>
      <a class="button" href={bar.link({ page: 'dates' })}>
        {laterTexts.days.allDates}
      </a>
    </div>
  );
}

/** Why nothing is new. */
export function EmptyNew() {
  const { bar, visits } = useSheaf();
  return (
    <div class="empty">
      <h2>{visits.since() ? laterTexts.days.noNews.noneTitle : laterTexts.days.noNews.firstTitle}</h2>
      <p>
        {visits.since()
          ? laterTexts.days.noNews.none(sinceWords(visits.since() ?? ''))
          : laterTexts.days.noNews.first}
      </p>
      <button type="button" class="button" onClick={() => bar.go({ place: { kind: 'all' } })}>
        {laterTexts.days.showAll}
      </button>
    </div>
  );
}
