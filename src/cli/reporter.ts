import type { EmbedProgress } from '../engine/progress.ts';
import { count } from './failure.ts';

/** A line every so often where lines stay, such as in a log; a terminal's line is written anew. */
const LOG_INTERVAL_MS = 5_000;
const TERMINAL_INTERVAL_MS = 100;

/** One and many: `query`, `queries`. */
type Nouns = readonly [one: string, many: string];

/** Tells on stderr how far a long step is. */
export function createReporter(
  verb: string,
  nouns: Nouns,
  stream: NodeJS.WriteStream = process.stderr,
): (progress: EmbedProgress) => void {
  const interval = stream.isTTY ? TERMINAL_INTERVAL_MS : LOG_INTERVAL_MS;
  let last = performance.now();
  return (progress) => {
    const now = performance.now();
    const finished = progress.done >= progress.total;
    if (!finished && now - last < interval) return;
    last = now;
    const text = tell(verb, nouns, progress);
    stream.write(stream.isTTY ? `\r\x1b[K${text}${finished ? '\n' : ''}` : `${text}\n`);
  };
}

function tell(verb: string, nouns: Nouns, { done, total, perSecond, secondsLeft }: EmbedProgress): string {
  const rate = perSecond.toLocaleString('en', { maximumSignificantDigits: 3 });
  const left = done < total ? `, ${formatSeconds(secondsLeft)} left` : '';
  return `${verb} ${done.toLocaleString('en')} of ${count(total, ...nouns)}, ${rate} a second${left}.`;
}

function formatSeconds(seconds: number): string {
  return seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;
}
