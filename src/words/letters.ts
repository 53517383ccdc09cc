/** How a name answers letters that someone types to pick it, best first. */
export const BEGINS = 0;
export const BEGINS_A_WORD = 1;
const HAS = 2;
/** `gs` for `gaussian splatting`: each run of letters begins a word. */
export const BEGINNINGS = 3;
/** The letters are there, one after another. */
const SCATTERED = 4;

/** Both folded (see `fold`). @returns 0 for the best to 4, undefined when a letter is missing. */
export function rateLetters(letters: string, name: string): number | undefined {
  const wanted = letters.replace(/\s/g, '');
  if (!inOrder(wanted, name)) return undefined;
  const at = name.indexOf(letters);
  if (at === 0) return BEGINS;
  if (at > 0) return name.includes(` ${letters}`) ? BEGINS_A_WORD : HAS;
  return byBeginnings(wanted, name) ? BEGINNINGS : SCATTERED;
}

function inOrder(letters: string, name: string): boolean {
  let at = 0;
  for (const letter of letters) {
    const found = name.indexOf(letter, at);
    if (found < 0) return false;
    at = found + letter.length;
  }
  return true;
}

/** Keeps every place that the letters so far can end at: the nearest one is not always the way to the end. */
function byBeginnings(letters: string, name: string): boolean {
  const starts: number[] = [];
  for (let at = 0; at < name.length; at++) {
    if (/[\p{L}\p{N}]/u.test(name[at] as string) && !/[\p{L}\p{N}]/u.test(name[at - 1] ?? ' '))
      starts.push(at);
  }
  let ends = new Set<number>([-1]);
  for (const letter of letters) {
    const next = new Set<number>();
    for (const end of ends) {
      if (end >= 0 && name[end] === letter) next.add(end + 1);
    }
    const first = Math.min(...ends);
    for (const start of starts) if (start >= first && name[start] === letter) next.add(start + 1);
    if (next.size === 0) return false;
    ends = next;
  }
  return true;
}
