import { Index, Show } from 'solid-js';
import { isRelativeDate } from '../paper/calendar.ts';
import { formatDate } from '../paper/date.ts';
import { laterTexts } from '../texts/later.ts';
import { texts } from '../texts/texts.ts';
import { isNamed, isTagged } from '../words/filter.ts';
import { type Condition, withoutPart } from '../words/question.ts';
import { useSheaf } from './context.ts';

/** What of the query is a filter, each with a way to take it away, and what could not be understood. */
export function Filters() {
  const { bar, question, topics, tags, marks, library, likes } = useSheaf();
  const parts = () => {
    const { filters, sort } = question();
    const all = filters.map(({ condition, not, start, end }) => ({
      label: labelOf(condition, not),
      start,
      end,
    }));
    if (sort) all.push({ label: laterTexts.list.filters.sorts[sort.by], start: sort.start, end: sort.end });
    return all;
  };
  const problems = () => {
    const unknown = question().filters.flatMap(({ condition, open }) => {
      if (condition.kind === 'like')
        return open || library.phase() === 'loading' || likes.paperOf(condition.value)
          ? []
          : [laterTexts.list.filters.noPaperLike(condition.value)];
      const known =
        condition.kind !== 'topic' || topics.list().some(({ name }) => isNamed(name, condition.value));
      return known ? [] : [laterTexts.list.filters.noTopic(condition.value)];
    });
    const untagged = question().filters.flatMap(({ condition, open }) => {
      if (condition.kind !== 'tag' || !marks.loaded()) return [];
      const known = tags.list().some(({ name }) => isTagged(name, condition.value, open));
      return known ? [] : [laterTexts.reading.noSuchTag(condition.value)];
    });
    return [...question().problems, ...(topics.loaded() ? unknown : []), ...untagged];
  };
  const remove = (part: { start: number; end: number }) => {
    bar.go({ query: withoutPart(bar.address().query, part) });
    // The last one takes its button along.
    if (!document.activeElement || document.activeElement === document.body)
      document.querySelector<HTMLElement>('.filters li:last-child button, .find-field input')?.focus();
  };
  return (
    <>
      <Show when={parts().length > 0}>
        <ul class="filters" aria-label={laterTexts.list.filters.name}>
          {/* By place, so that a button stays under the finger and the focus when the next filter takes its place. */}
          <Index each={parts()}>
            {(part) => (
              <li>
                <button
                  type="button"
                  class="pill"
                  aria-label={laterTexts.list.filters.remove(part().label)}
                  onClick={() => remove(part())}
                >
                  {part().label}
                  <span aria-hidden="true">×</span>
                </button>
              </li>
            )}
          </Index>
        </ul>
      </Show>
      <p class="problems" role="status">
        {problems().join(' ')}
      </p>
    </>
  );
}

function labelOf(condition: Condition, not: boolean): string {
  const label = plainLabelOf(condition);
  if (!not) return label;
  const { filters } = laterTexts.list;
  return condition.kind === 'phrase' || condition.kind === 'word'
    ? filters.without(label)
    : filters.not(label);
}

function plainLabelOf(condition: Condition): string {
  const { filters } = laterTexts.list;
  switch (condition.kind) {
    case 'phrase':
      return filters.phrase(condition.phrase);
    case 'word':
      return condition.word;
    case 'title':
    case 'author':
    case 'org':
    case 'topic':
    case 'cat':
      return filters[condition.kind](condition.value);
    case 'tag':
      return texts.reading.tagged(condition.value);
    case 'like':
      return laterTexts.list.filters.like(condition.value);
    case 'after':
      if (isRelativeDate(condition.date)) return texts.days.ofLast(condition.date);
      return filters.after(formatDate(condition.date));
    case 'before':
      if (isRelativeDate(condition.date)) return texts.days.before(condition.date);
      return filters.before(formatDate(condition.date));
    case 'comments':
    case 'upvotes':
      return filters[condition.kind](condition.comparison, condition.number);
    case 'has':
      return laterTexts.reading.has[condition.what];
    case 'is':
      return condition.what === 'later' ? laterTexts.reading.inList : filters.is[condition.what];
  }
}
