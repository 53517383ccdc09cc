/** `1 paper`, `2,345 papers`: of English nouns that take an s. */
export function count(n: number, noun: string): string {
  return `${n.toLocaleString('en')} ${noun}${n === 1 ? '' : 's'}`;
}
