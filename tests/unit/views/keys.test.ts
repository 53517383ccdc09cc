import { expect, it } from 'vitest';
import { isComposed } from '../../../src/views/keys.ts';

type Modifier = 'alt' | 'ctrl' | 'meta' | 'AltGraph';
const pressed = (key: string, ...held: Modifier[]) =>
  isComposed({
    key,
    altKey: held.includes('alt'),
    ctrlKey: held.includes('ctrl'),
    metaKey: held.includes('meta'),
    getModifierState: (name) => held.includes(name as Modifier),
  });

it('a sign that a keyboard has only with AltGr or Option is that sign', () => {
  // As Windows tells of AltGr, and as a Mac tells of Option.
  expect(pressed('[', 'ctrl', 'alt', 'AltGraph')).toBe(true);
  expect(pressed('[', 'alt')).toBe(true);
  expect(pressed(']', 'alt')).toBe(true);
});

it('what the browser has by Alt, Ctrl or Cmd stays its own', () => {
  expect(pressed('e', 'alt')).toBe(false);
  expect(pressed('ArrowUp', 'alt')).toBe(false);
  expect(pressed('@', 'alt')).toBe(false);
  expect(pressed('[', 'meta')).toBe(false);
  expect(pressed('[', 'meta', 'alt')).toBe(false);
  expect(pressed('[')).toBe(false);
});
