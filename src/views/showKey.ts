/** Whether this keyboard has a Command key. */
export const onMac = () => /Mac|iPhone|iPad/.test(navigator.platform);

const SHOWN: Readonly<Record<string, string>> = { ArrowDown: '↓', ArrowUp: '↑', Escape: 'Esc' };

/** A key as keyboards name it: `↓`, `g a`, `Ctrl K`, on a Mac `⌘ K`. */
export function showKey(key: string, onMac: boolean): string {
  if (key.startsWith('Alt+')) return `Alt ${showKey(key.slice(4), onMac)}`;
  if (key.startsWith('Mod+')) return `${onMac ? '⌘' : 'Ctrl'} ${key.slice(4).toUpperCase()}`;
  return SHOWN[key] ?? key;
}
