import { createContext, useContext } from 'solid-js';
import type { Sheaf } from '../state/sheaf.ts';

export const SheafContext = createContext<Sheaf>();

/** The joined rooms. @throws outside of the app: a view needs them to show anything. */
export function useSheaf(): Sheaf {
  const sheaf = useContext(SheafContext);
  if (!sheaf) throw new Error('a view was drawn outside of SheafContext');
  return sheaf;
}
