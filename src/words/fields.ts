/** What other sites call the filters of this one. */
const CALLED_ELSEWHERE: Readonly<Record<string, string>> = {
  tags: 'tag',
  category: 'cat',
  subject: 'cat',
  year: 'after',
  date: 'after',
  since: 'after',
  until: 'before',
  au: 'author',
  ti: 'title',
  organization: 'org',
  organisation: 'org',
  affiliation: 'org',
  similar: 'like',
  related: 'like',
};

/** Shorter names are a slip away from many a word; of these only two letters in the wrong order are taken for a slip. */
const SHORT = 4;

/**
 * The filter that a name was probably meant as: one slip away (a letter too much, missing, wrong, or two in the
 * wrong order), or what other sites call it.
 * @returns undefined where the name is like none: then it is a word of the question.
 */
export function nearestField(typed: string, known: Iterable<string>): string | undefined {
  const fields = [...known];
  const elsewhere = CALLED_ELSEWHERE[typed];
  if (elsewhere && fields.includes(elsewhere)) return elsewhere;
  return fields.find((field) =>
    Math.min(field.length, typed.length) < SHORT ? isSwapped(typed, field) : isSlip(typed, field),
  );
}

/** The same letters but for two neighbours that have changed places. */
function isSwapped(typed: string, field: string): boolean {
  if (typed.length !== field.length) return false;
  const at = [...typed].findIndex((letter, place) => letter !== field[place]);
  const swapped = typed.slice(0, at) + (typed[at + 1] ?? '') + typed[at] + typed.slice(at + 2);
  return at >= 0 && swapped === field;
}

function isSlip(typed: string, field: string): boolean {
  if (isSwapped(typed, field)) return true;
  const [short, long] = typed.length < field.length ? [typed, field] : [field, typed];
  if (long.length - short.length > 1 || short === long) return false;
  const at = [...long].findIndex((letter, place) => letter !== short[place]);
  return long.slice(at + 1) === short.slice(long.length > short.length ? at : at + 1);
}
