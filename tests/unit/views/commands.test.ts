import { expect, it } from 'vitest';
import { laterTexts } from '../../../src/texts/later.ts';
import { COMMANDS, commandOf, isFirstKey } from '../../../src/views/commands.ts';
import { showKey } from '../../../src/views/showKey.ts';

it('no two commands share a key or a name, and each has a name', () => {
  const keys = COMMANDS.flatMap((command) => command.keys);
  expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
  const names = COMMANDS.map((command) => command.name);
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  expect(names.filter((name) => !/^\p{Lu}.{2,}[^.]$/u.test(name))).toEqual([]);
});

it('other words for a command are those of one that there is, and say what its name does not', () => {
  const { commands, alsoCalled } = laterTexts.palette;
  for (const [key, words] of Object.entries(alsoCalled)) {
    const name = commands[key as keyof typeof alsoCalled];
    expect(COMMANDS.map((command) => command.name)).toContain(name);
    const said = name.toLowerCase().split(/\W+/);
    expect(words.split(' ').filter((word) => said.includes(word) || !/^[a-z]+$/.test(word))).toEqual([]);
  }
});

it('every key leads to its command', () => {
  for (const command of COMMANDS) for (const key of command.keys) expect(commandOf(key)).toBe(command);
  expect(commandOf('Mod+f')).toBeUndefined();
});

it('a key that begins another is no command itself: it would never be reached', () => {
  const firsts = COMMANDS.flatMap(({ keys }) => keys.filter((key) => key.includes(' '))).map((key) => key[0]);
  expect(new Set(firsts)).toEqual(new Set(['g']));
  expect(isFirstKey('g')).toBe(true);
  expect(isFirstKey('j')).toBe(false);
  for (const first of firsts) expect(commandOf(first ?? '')).toBeUndefined();
});

it('keys are shown as keyboards name them', () => {
  expect(['ArrowDown', 'g a', 'Mod+k', 'Escape', '?'].map((key) => showKey(key, false))).toEqual([
    '↓',
    'g a',
    'Ctrl K',
    'Esc',
    '?',
  ]);
  expect(showKey('Mod+k', true)).toBe('⌘ K');
});
