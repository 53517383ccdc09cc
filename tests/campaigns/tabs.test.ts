import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Host } from '../browser/harness.ts';
import { chanceOf, tell, times } from './campaign.ts';
import { after, type Deed, drawDeed, type Kept, linesOf, NOTHING, textOf } from './kept/deeds.ts';
import { keptOf } from './kept/old-versions.ts';
import type { KeptPage, Said } from './kept/page.ts';
import { buildSite, type KeptSite, launchKept, openTab, type Tab } from './kept/site.ts';

let site: KeptSite;
let context: BrowserContext;

beforeAll(async () => {
  site = await buildSite();
  context = await launchKept();
});
afterAll(async () => {
  await context?.close();
  await site?.close();
});

/** A tab with the store open in it. */
async function openStoreTab(host: Host): Promise<Tab> {
  const tab = await openTab(context, host.url);
  await tab.page.evaluate(async () => {
    const all = globalThis as KeptPage;
    all.store = await all.page.openAndTell();
  });
  return tab;
}

async function look(tab: Tab): Promise<string> {
  const text = await tab.page.evaluate(() => {
    const { store, page } = globalThis as KeptPage;
    if (!store) throw new Error('no store');
    return page.look(store);
  });
  const kept = JSON.parse(text) as Kept;
  const notes = Object.entries(kept.notes).map(([paper, note]) => [paper, linesOf(note)]);
  return textOf({ ...kept, notes: Object.fromEntries(notes) });
}

/** Deeds in every order: tabs that write at once may come in any. */
function orders(deeds: readonly Deed[]): Deed[][] {
  if (deeds.length === 0) return [[]];
  return deeds.flatMap((first, at) =>
    orders(deeds.filter((_, other) => other !== at)).map((rest) => [first, ...rest]),
  );
}

/** What a library may be after deeds that were acknowledged and one that may have been kept or not. */
function outcomes(kept: Kept, done: readonly Deed[], maybe: Deed | undefined): Map<string, Kept> {
  const sets = maybe ? [done, [...done, maybe]] : [done];
  return new Map(
    sets.flatMap(orders).map((deeds) => {
      const result = deeds.reduce(after, kept);
      return [textOf(result), result];
    }),
  );
}

/** A client of an older version, as it was shipped: it gives way, and what it writes later is refused. */
const openOld = (version: number) =>
  new Promise<void>((resolve, reject) => {
    const opening = indexedDB.open('sheaf-library', version);
    opening.onsuccess = () => {
      opening.result.onversionchange = () => opening.result.close();
      resolve();
    };
    opening.onerror = () => reject(opening.error);
  });

it('three tabs that edit, freeze and die overwrite nothing that was acknowledged', async () => {
  const random = chanceOf('tabs');
  const counts = { runs: 0, deeds: 0, 'at once': 0, kills: 0, freezes: 0, 'old tabs': 0, wrong: 0 };
  const wrong: string[] = [];
  const host = await site.serve();
  let n = 0;
  let kept: Kept = NOTHING;
  let tabs: Tab[] = [];
  const draw = (): Deed => {
    const deed = drawDeed(random, n++);
    if (deed.do === 'note') return { do: 'write', paper: deed.paper, line: `line ${n}` };
    // The copy is other tests' affair; what was imported is taken back by the tab that did it.
    return deed.do === 'undo' || deed.do === 'copy' ? { do: 'setting', value: n } : deed;
  };
  const work = (tab: Tab, deed: Deed) =>
    tab.page
      .evaluate(async (deed) => {
        const all = globalThis as KeptPage;
        if (all.store) await all.page.work(all.store, deed);
      }, deed)
      .catch(() => undefined);
  const check = async (tab: Tab, done: readonly Deed[], maybe?: Deed) => {
    const found = await look(tab);
    const match = outcomes(kept, done, maybe).get(found);
    if (!match) wrong.push(`found ${found}\nof ${JSON.stringify({ done, maybe })}\nafter ${textOf(kept)}`);
    kept = match ?? (JSON.parse(found) as Kept);
  };
  const refused = (tab: Tab) => tab.said.filter(({ say }) => say === 'refused').length;

  /** Some tabs write at once; one of them may die of it. */
  const round = async (asleep: Tab | undefined) => {
    const awake = tabs.filter((tab) => tab !== asleep);
    const busy = awake.filter((_, at) => at === 0 || random() < 0.6);
    const deeds = busy.map(draw);
    counts.deeds += deeds.length;
    if (deeds.length > 1) counts['at once']++;
    const before = busy.map((tab) => tab.said.length);
    const running = busy.map((tab, at) => work(tab, deeds[at] as Deed));
    const victim = busy.length > 1 && random() < 0.15 ? busy.length - 1 : -1;
    if (victim >= 0) {
      await new Promise((resolve) => setTimeout(resolve, random() * 8));
      await (busy[victim] as Tab).kill();
      counts.kills++;
    }
    await Promise.all(running);
    const done = deeds.filter((_, at) => busy[at]?.said.slice(before[at]).some(({ say }) => say === 'done'));
    const maybe = deeds.find((deed, at) => at === victim && !done.includes(deed));
    await check(busy[0] as Tab, done, maybe);
    if (victim >= 0) {
      tabs = tabs.filter((tab) => tab !== busy[victim]);
      tabs.push(await openStoreTab(host));
    }
  };
  /** A tab sleeps while the others go on; then it writes from what it saw before. */
  const sleepRound = async () => {
    const asleep = tabs[0] as Tab;
    counts.freezes++;
    await asleep.freeze(true);
    await round(asleep);
    await asleep.freeze(false);
    const deed = draw();
    counts.deeds++;
    const from = asleep.said.length;
    await work(asleep, deed);
    if (!asleep.said.slice(from).some(({ say }) => say === 'done')) wrong.push(`${deed.do} was not done`);
    await check(tabs.at(-1) as Tab, [deed]);
  };

  for (let run = 0; run < times(50, 1_000); run++) {
    if (run % 10 === 0) {
      for (const tab of tabs) await tab.close();
      const version = 1 + (Math.floor(run / 10) % 3);
      const old = await openTab(context, host.url);
      await old.page.evaluate(async (version) => {
        const { page } = globalThis as KeptPage;
        await page.forgetAll();
        await page.makeOld(version, 1);
      }, version);
      await old.page.evaluate(openOld, version);
      counts['old tabs']++;
      kept = keptOf(version);
      // The first of them brings the database to the newest version, under the old tab.
      tabs = [];
      for (let tab = 0; tab < 3; tab++) tabs.push(await openStoreTab(host));
      const again = await old.page.evaluate(openOld, version).then(
        () => 'opened',
        (error) => String(error),
      );
      if (!again.includes('VersionError')) wrong.push(`the old tab: ${again}`);
      await check(tabs[0] as Tab, []);
      await old.close();
    }
    for (let one = 0; one < 3; one++) await round(undefined);
    if (random() < 0.5) await sleepRound();
    counts.runs++;
  }
  for (const tab of tabs) if (refused(tab) > 0) wrong.push('a deed was refused');
  for (const tab of tabs) await tab.close();
  counts.wrong = wrong.length;
  tell('tabs', counts);
  expect(wrong).toEqual([]);
});

it('one tab reads for all, another goes on when it dies or freezes, and what it writes late is refused', async () => {
  const counts = { readers: 0, batches: 0, twice: 0, kills: 0, freezes: 0 };
  for (let run = 0; run < times(1, 20); run++) {
    const host = await site.serve();
    const tabs = [await openStoreTab(host), await openStoreTab(host), await openStoreTab(host)];
    for (const tab of tabs) {
      void tab.page
        .evaluate(() => {
          const all = globalThis as KeptPage;
          return all.store && all.page.read(all.store, 0, 5_000);
        })
        .catch(() => {});
    }
    const readBy = (tab: Tab) => tab.said.flatMap((one) => (one.say === 'read' ? [one] : []));
    const reader = async (but: readonly Tab[]) => {
      for (;;) {
        const found = tabs.find((tab) => !but.includes(tab) && readBy(tab).length > 2);
        if (found) return found;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };
    const first = await reader([]);
    const idle = tabs.filter((tab) => tab !== first);
    // The others hear of what it keeps, and read nothing.
    for (const tab of idle) await tab.hear('heard');
    expect(idle.map((tab) => readBy(tab).length)).toEqual([0, 0]);
    await first.kill();
    counts.kills++;
    const second = await reader([first]);
    await second.hear('read', second.said.length);
    await second.freeze(true);
    counts.freezes++;
    const third = await reader([first, second]);
    const known = readBy(second).length;
    await second.freeze(false);
    // It wakes in the middle of its work, and is not the reader any more.
    const more = readBy(third).length + 3;
    while (readBy(third).length < more) await new Promise((resolve) => setTimeout(resolve, 50));
    const late = readBy(second).slice(known);
    expect(late.filter(({ turn }) => turn < (readBy(third)[0]?.turn ?? 0))).toEqual([]);
    const turns = [first, second, third].map((tab) => readBy(tab)[0]?.turn ?? 0);
    expect(turns[0] as number).toBeLessThan(turns[1] as number);
    expect(turns[1] as number).toBeLessThan(turns[2] as number);
    const all = tabs.flatMap(readBy).map(({ batch }) => batch);
    counts.readers += new Set(turns).size;
    counts.batches += all.length;
    counts.twice += all.length - new Set(all).size;
    await third.kill();
    for (const tab of [second]) await tab.close();
    await host.close();
  }
  tell('turns', counts);
  expect(counts.twice).toBe(0);
});

it('an upgrade that another tab holds up says so while it waits, and goes on by itself', async () => {
  const counts = { upgrades: 0, told: 0, late: 0, 'longest ms': 0 };
  for (let run = 0; run < times(2, 20); run++) {
    const host = await site.serve();
    const old = await openTab(context, host.url);
    const version = 1 + (run % 3);
    await old.page.evaluate(async (version) => {
      await (globalThis as KeptPage).page.makeOld(version, 1);
      // As a tab that is asleep: it holds the database and hears nothing.
      await new Promise<void>((resolve) => {
        const opening = indexedDB.open('sheaf-library', version);
        opening.onsuccess = () => {
          Object.assign(globalThis, { held: opening.result });
          resolve();
        };
      });
    }, version);
    if (run % 2) await old.freeze(true);
    const tab = await openTab(context, host.url);
    const opening = openHere(tab);
    const { ms } = await tab.hear('blocked');
    counts['longest ms'] = Math.max(counts['longest ms'], ms);
    expect(tab.said.some(({ say }) => say === 'seen')).toBe(false);
    counts.told++;
    // Held for longer than anybody waits: the page works in memory, and says when it need not any more.
    const late = run % 4 === 3;
    if (late) {
      await opening;
      expect((await tab.hear('seen')).kind).toBe('memory');
    }
    await old.close();
    if (late) {
      await tab.hear('freed');
      await openHere(tab);
    } else await opening;
    const seen = tab.said.filter((one) => one.say === 'seen').at(-1) as Extract<Said, { say: 'seen' }>;
    expect({ kind: seen.kind, kept: seen.kept }).toEqual({
      kind: 'indexeddb',
      kept: textOf(keptOf(version)),
    });
    counts.upgrades++;
    if (late) counts.late++;
    await tab.close();
    await host.close();
  }
  tell('blocked upgrades', counts);
});

function openHere(tab: Tab): Promise<void> {
  return tab.page.evaluate(async () => {
    const all = globalThis as KeptPage;
    all.store = await all.page.openAndTell();
  });
}
