import {
  countByDay,
  latestPeriod,
  nearestPeriod,
  type Period,
  type PeriodKind,
  parsePeriod,
} from '../paper/calendar.ts';
import type { Address } from '../state/address.ts';
import type { Sheaf } from '../state/sheaf.ts';

export const PERIOD_KINDS: readonly PeriodKind[] = ['day', 'week', 'month'];

/** The period that the list shows, where it shows one that there is. */
export function periodIn({ place }: Address): Period | undefined {
  return place.kind === 'day' || place.kind === 'week' || place.kind === 'month'
    ? parsePeriod(place.kind, place.id)
    : undefined;
}

/** `[` and `]`: to the nearest period with papers; from elsewhere to the latest day. */
export function stepPeriod({ bar, library }: Pick<Sheaf, 'bar' | 'library'>, by: -1 | 1): void {
  const days = countByDay(library.papers()).keys();
  const open = periodIn(bar.address());
  const next = open ? nearestPeriod(days, open, by) : latestPeriod(days, 'day');
  if (next) bar.go({ place: { kind: next.kind, id: next.id } });
}
