import { createContext, untrack, useContext } from 'solid-js';
import type { FirstSheaf, Sheaf } from '../state/sheaf.ts';

export const SheafContext = createContext<FirstSheaf>();

/** What the first list is drawn from. @throws outside of the app: a view needs it to show anything. */
export function useFirst(): FirstSheaf {
  const first = useContext(SheafContext);
  if (!first) throw new Error('a view was drawn outside of SheafContext');
  return first;
}

/** The joined rooms, for views that come after the second file of code. @throws in one that is drawn before it. */
export function useSheaf(): Sheaf {
  const { second, ...first } = useFirst();
  const found = untrack(second);
  if (!found) throw new Error('a view was drawn before what it shows');
  return { ...first, ...found };
}
