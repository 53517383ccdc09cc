import { parsePeriod } from '../paper/calendar.ts';
import { plain } from '../paper/latex.ts';
import type { Address, Place } from '../state/address.ts';
import { laterTexts } from '../texts/later.ts';
import { periodName } from './periodName.ts';

/** What those are called that a place names by an id; undefined where there is no such. */
export type NamesOf = Readonly<Record<'topic' | 'group' | 'similar', (id: string) => string | undefined>>;

/** What the list shows, in few words: `3DGS`, `“splat” in the starred`. */
export function listName({ place, query }: Pick<Address, 'place' | 'query'>, namesOf: NamesOf): string {
  const where = placeName(place, namesOf);
  const asked = query.trim();
  if (!asked) return where;
  return place.kind === 'all' ? laterTexts.out.search(asked) : laterTexts.out.searchIn(asked, where);
}

function placeName(place: Place, namesOf: NamesOf): string {
  switch (place.kind) {
    case 'topic':
    case 'group':
      return namesOf[place.kind](place.id) ?? laterTexts.out.untitled;
    case 'similar':
      return laterTexts.out.near(plain(namesOf.similar(place.id) ?? laterTexts.out.untitled));
    case 'tag':
      return laterTexts.out.tagged(place.id);
    case 'day':
    case 'week':
    case 'month': {
      const period = parsePeriod(place.kind, place.id);
      return period ? periodName(period) : laterTexts.out.untitled;
    }
    default:
      return laterTexts.out.places[place.kind];
  }
}
