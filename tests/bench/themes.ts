/** What topics, groups and the map of a hundred thousand papers cost, and how long a question waits beside them. */
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { JSHandle } from 'playwright-core';
import { QUICK_MODEL } from '../../src/engine/origin.ts';
import type { Paper } from '../../src/paper/paper.ts';
import { type Host, launch } from '../browser/harness.ts';
import { vectorsOf } from './corpus.ts';
import type { ThemesPage, Worked } from './pages/themes.ts';
import { formatBytes, formatCount, formatTime, median, quantile, type Section } from './table.ts';

const TOPICS = resolve(import.meta.dirname, '../../public/topics.json');
const ROUNDS = 12;
const EXAMPLES = [0, 10] as const;
/** This share of the papers comes when the others have their places. */
const ADDED_SHARE = 0.05;

export interface ThemesTimes {
  readonly papers: number;
  readonly idle: readonly number[];
  /** By the number of examples. */
  readonly topics: readonly (readonly number[])[];
  readonly found: Worked & { readonly names: readonly string[] };
  readonly wentOn: Worked & { readonly names: readonly string[] };
  readonly flat: Worked;
  readonly laidOut: Worked & { readonly steps: number };
  readonly added: Worked;
  /** Of the width of the map, by the median old paper when others came. */
  readonly moved: number;
  /** Bytes of page and workers before and after all of it. */
  readonly memory: readonly [number, number];
}

/** @param directory that the host serves; isolated, since only so a browser tells memory. */
export async function measureThemes(
  host: Host,
  directory: string,
  papers: readonly Paper[],
  layouts = true,
): Promise<ThemesTimes> {
  const { path } = await vectorsOf(QUICK_MODEL, papers);
  writeFileSync(join(directory, 'themes-papers.json'), JSON.stringify(papers));
  symlinkSync(path, join(directory, 'themes-vectors.bin'));
  const asked = JSON.parse(readFileSync(TOPICS, 'utf8'));
  const old = Math.round(papers.length * (1 - ADDED_SHARE));
  const context = await launch();
  try {
    const page = await context.newPage();
    await page.goto(`${host.url}themes.html`);
    const part = (await page.waitForFunction(
      () => (globalThis as unknown as { themes?: ThemesPage }).themes,
    )) as JSHandle<ThemesPage>;
    await part.evaluate((themes, [model, count]) => themes.open(model, count), [QUICK_MODEL, old] as const);
    const memory = () => part.evaluate((themes) => themes.memory());
    const before = await memory();
    const idle = await part.evaluate((themes, rounds) => themes.idle(rounds), 3 * ROUNDS);
    const topics: number[][] = [];
    for (const examples of EXAMPLES) {
      const given = [asked, ROUNDS + 3, examples] as const;
      // The first rounds are those of the browser's quick compiler.
      topics.push((await part.evaluate((themes, given) => themes.topics(...given), given)).slice(3));
    }
    const found = await part.evaluate((themes) => themes.cluster(false));
    const flat = await part.evaluate((themes) => themes.project());
    const layOut = (on: boolean) => part.evaluate((themes, on) => themes.layout(on), on);
    const places = async () => await part.evaluate((themes) => themes.placesOf());
    const none = { took: Number.NaN, waits: [], steps: 0 };
    const laidOut = layouts ? await layOut(false) : none;
    const start = await places();
    await part.evaluate((themes, from) => themes.arrive(from), old);
    const added = layouts ? await layOut(true) : none;
    const moved = movedBy(start, await places());
    const wentOn = await part.evaluate((themes) => themes.cluster(true));
    const after = await memory();
    return {
      papers: papers.length,
      ...{ idle, topics, found, wentOn, flat, laidOut, added, moved, memory: [before, after] },
    };
  } finally {
    await context.close();
  }
}

interface Placed {
  readonly rows: readonly number[];
  readonly positions: readonly number[];
}

function movedBy(before: Placed, after: Placed): number {
  const at = new Map(after.rows.map((row, place) => [row, place]));
  const x = before.positions.filter((_, i) => i % 2 === 0).sort((a, b) => a - b);
  const steps = before.rows.map((row, place) => {
    const to = at.get(row) as number;
    const along = (axis: number) =>
      (after.positions[to * 2 + axis] as number) - (before.positions[place * 2 + axis] as number);
    return Math.hypot(along(0), along(1));
  });
  return median(steps) / ((x.at(-1) as number) - (x[0] as number));
}

export function tabulateThemes(times: ThemesTimes): Section {
  const { papers, idle, topics, found, wentOn, flat, laidOut, added, moved, memory } = times;
  const waited = ({ waits }: Worked) =>
    `${formatTime(quantile(waits, 0.95))}, at most ${formatTime(quantile(waits, 1))}`;
  const row = (label: string, limit: string, worked: Worked): [string, ...string[]] => [
    label,
    limit,
    formatTime(worked.took),
    waited(worked),
  ];
  return {
    title: `${formatCount(papers)} real papers, quick model`,
    columns: ['limit', 'time', 'a question beside it waited (95 of 100)'],
    rows: [
      ['a question with nothing beside it', '', formatTime(median(idle)), waited({ took: 0, waits: idle })],
      ...topics.map((rounds, at): [string, ...string[]] => [
        `ranked by three topics${EXAMPLES[at] ? ` with ${EXAMPLES[at]} examples each` : ''}, a topic`,
        '50 ms',
        formatTime(median(rounds) / 3),
        `95 of 100: ${formatTime(quantile(rounds, 0.95) / 3)}`,
      ]),
      row('groups found and named', '10 s', found),
      row('groups gone on with, a twentieth more papers', '10 s', wentOn),
      row('first picture of the map', '2 s', flat),
      row('layout', '3 min', laidOut),
      row('layout with a twentieth more papers', '', added),
      [
        'memory of page and workers before and after',
        '600 MB',
        formatBytes(memory[0]),
        formatBytes(memory[1]),
      ],
    ],
    notes: [
      `Old papers moved by ${(100 * moved).toFixed(2)} % of the map’s width, the median, when a twentieth came. The layout told its progress ${laidOut.steps} times.`,
      `Groups: ${found.names.join(', ')}.`,
    ],
  };
}
