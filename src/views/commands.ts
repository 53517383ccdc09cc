import type { PageName, Place } from '../state/address.ts';
import type { Sheaf } from '../state/sheaf.ts';
import { laterTexts } from '../texts/later.ts';
import { toggleLater } from './later.ts';
import { stepPeriod } from './period.ts';
import {
  canMoveInReadingList,
  endSelecting,
  focusTags,
  moveInReadingList,
  openNote,
  selectAimed,
  selectUpToAimed,
} from './readingKeys.ts';
import type { Walk } from './walk.ts';

/** What only the frame around the views can do. */
export interface Frame {
  focusSearch(): void;
  showKeys(): void;
  showPalette(): void;
  /** What has been typed for the palette while that is on its way; undefined when it is not. */
  ahead: { typed?: string | undefined };
  /** Closes what lies on top; true if something did. */
  closeTop(): boolean;
}

/** What commands work on. */
export interface Desk {
  readonly sheaf: Sheaf;
  readonly walk: Walk;
  readonly frame: Frame;
}

/**
 * Something that a reader can do. The keys, the palette and the table of keys are all drawn from {@link COMMANDS}:
 * a new command is one entry there.
 */
export interface Command {
  /** What it does, in a few words that begin with a capital: the palette's line, and the table's. */
  readonly name: string;
  /**
   * Each as `KeyboardEvent.key` says it: `s`, `Escape`; `g a` is one after the other, `Mod+k` with Ctrl or Cmd, `Alt+ArrowUp` with Alt.
   * None: the palette alone has it.
   */
  readonly keys: readonly string[];
  run(desk: Desk): void;
  /** Whether it would do something now. What would not is left out of the palette; its key does nothing anyway. */
  when?(desk: Desk): boolean;
  /** Goes on while its key is held down. A mark would be put and taken away in turns. */
  readonly repeats?: true;
}

const aPaper = ({ sheaf: { bar, library } }: Desk) => library.byId(bar.address().paper ?? '') !== undefined;
const aPaperInATopic = (desk: Desk) => aPaper(desk) && desk.sheaf.bar.address().place.kind === 'topic';

/** A whole place: its papers, and no question. */
const place =
  (kind: Exclude<Place, { id: string }>['kind']) =>
  ({ sheaf }: Desk) =>
    sheaf.bar.go({ place: { kind }, query: '', paper: undefined, page: undefined });
const page =
  (name: PageName) =>
  ({ sheaf }: Desk) =>
    sheaf.bar.go({ page: name });

const { commands: names } = laterTexts.palette;

/** In the order of the table of keys. */
export const COMMANDS: readonly Command[] = [
  { name: names.search, keys: ['/'], run: ({ frame }) => frame.focusSearch() },
  { name: names.palette, keys: ['Mod+k'], run: ({ frame }) => frame.showPalette(), when: () => false },
  { name: names.next, keys: ['j', 'ArrowDown'], run: ({ walk }) => walk.move(1), repeats: true },
  { name: names.previous, keys: ['k', 'ArrowUp'], run: ({ walk }) => walk.move(-1), repeats: true },
  { name: names.read, keys: ['Enter', 'o'], run: ({ walk }) => walk.open() },
  {
    name: names.leave,
    keys: ['Escape'],
    run: ({ frame, sheaf, walk }) => {
      if (!frame.closeTop() && !endSelecting(sheaf)) walk.leave();
    },
    when: ({ sheaf: { bar } }) => {
      const { paper, page: open, query, place: at } = bar.address();
      return Boolean(paper || open || query) || at.kind === 'similar';
    },
  },
  { name: names.star, keys: ['s'], run: ({ walk }) => walk.mark('starred'), when: aPaper },
  { name: names.markRead, keys: ['m'], run: ({ walk }) => walk.mark('read'), when: aPaper },
  {
    name: names.later,
    keys: ['l'],
    run: ({ sheaf, walk }) => {
      const paper = walk.takePaper();
      if (paper !== undefined) void toggleLater(sheaf, paper);
    },
    when: aPaper,
  },
  { name: names.tag, keys: ['t'], run: focusTags, when: aPaper },
  { name: names.note, keys: ['w'], run: openNote, when: aPaper },
  { name: names.select, keys: ['x'], run: ({ sheaf }) => selectAimed(sheaf), when: aPaper },
  { name: names.selectUpTo, keys: ['X'], run: ({ sheaf }) => selectUpToAimed(sheaf), when: aPaper },
  {
    name: names.sooner,
    keys: ['Alt+ArrowUp'],
    run: ({ sheaf }) => moveInReadingList(sheaf, -1),
    when: ({ sheaf }) => canMoveInReadingList(sheaf),
    repeats: true,
  },
  {
    name: names.laterOn,
    keys: ['Alt+ArrowDown'],
    run: ({ sheaf }) => moveInReadingList(sheaf, 1),
    when: ({ sheaf }) => canMoveInReadingList(sheaf),
    repeats: true,
  },
  { name: names.belongs, keys: ['y'], run: ({ walk }) => walk.say('liked'), when: aPaperInATopic },
  { name: names.belongsNot, keys: ['n'], run: ({ walk }) => walk.say('disliked'), when: aPaperInATopic },
  {
    name: names.similar,
    keys: [],
    run: ({ sheaf: { bar } }) => {
      const { paper } = bar.address();
      if (paper) bar.go({ place: { kind: 'similar', id: paper }, query: '' });
    },
    when: aPaper,
  },
  { name: names.all, keys: ['g a'], run: place('all') },
  { name: names.new, keys: ['g n'], run: place('new') },
  { name: names.starred, keys: ['g s'], run: place('starred') },
  { name: names.readingList, keys: ['g l'], run: place('later') },
  { name: names.unread, keys: ['g u'], run: place('unread') },
  {
    name: names.periodBefore,
    keys: ['['],
    run: ({ sheaf }) => stepPeriod(sheaf, -1),
    repeats: true,
  },
  { name: names.periodAfter, keys: [']'], run: ({ sheaf }) => stepPeriod(sheaf, 1), repeats: true },
  { name: names.addPapers, keys: [], run: page('add') },
  { name: names.map, keys: ['g m'], run: page('map') },
  { name: names.byDate, keys: ['g d'], run: page('dates') },
  { name: names.digest, keys: [], run: page('digest') },
  { name: names.export, keys: ['e'], run: page('export') },
  { name: names.model, keys: [], run: page('model') },
  { name: names.about, keys: [], run: page('about') },
  { name: names.keys, keys: ['?'], run: ({ frame }) => frame.showKeys() },
];

const BY_KEY: ReadonlyMap<string, Command> = new Map(
  COMMANDS.flatMap((command) => command.keys.map((key) => [key, command] as const)),
);
/** Keys that do nothing until a second one follows. */
const FIRST_KEYS: ReadonlySet<string> = new Set(
  [...BY_KEY.keys()].flatMap((key) => (key.includes(' ') ? [key.split(' ')[0] as string] : [])),
);

export const commandOf = (key: string): Command | undefined => BY_KEY.get(key);
export const isFirstKey = (key: string): boolean => FIRST_KEYS.has(key);
