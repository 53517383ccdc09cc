import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { QUICK_MODEL, SITE_MODEL } from '../engine/origin.ts';
import { buildSite, refuseForeignSite } from './built-site.ts';
import { CommandError, count, isSentence } from './failure.ts';
import { type FolderDraft, openFolderDraft } from './folder-draft.ts';
import { vectorsOfList } from './list-vectors.ts';
import { findModel } from './model-folder.ts';
import { PUBLISH_USAGE, type PublishArguments, readPublishArguments } from './publish-arguments.ts';
import { publishCorpus } from './publish-corpus.ts';
import { planShares, startShares } from './shares.ts';
import { readListOfSite, readTopicsOfSite } from './site-list.ts';
import { membersOfTopics } from './topic-members.ts';
import { writeSite } from './write-site.ts';

/** What a shell gives for a program that Ctrl-C stopped. */
const STOPPED = 130;

process.exitCode = await run(process.argv.slice(2));

/** Makes a site of a list of papers. Exit status 1 for bad input, 130 when stopped; the folder then stays as it was. */
async function run(argv: readonly string[]): Promise<number> {
  const stop = new AbortController();
  const onSignal = (): void => stop.abort();
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  let draft: FolderDraft | undefined;
  try {
    const given = readPublishArguments(argv);
    if (given === 'help') {
      console.log(PUBLISH_USAGE);
      return 0;
    }
    draft = await openFolderDraft(given.out);
    await (given.parquet ? publishCorpus : publish)(given, draft.path, stop.signal);
    stop.signal.throwIfAborted();
    await draft.keep();
    const how = given.parquet
      ? 'copy it to a static host that allows other sites and parts of files, and open the address of its list.json in Sheaf'
      : 'copy it to any static host, at any path';
    console.error(`${given.out} is ready: ${how}.`);
    return 0;
  } catch (error) {
    if (stop.signal.aborted) {
      console.error('Stopped. Nothing was changed.');
      return STOPPED;
    }
    if (!isSentence(error)) throw error;
    console.error(error.message);
    return 1;
  } finally {
    await draft?.drop();
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}

async function publish(given: PublishArguments, folder: string, signal: AbortSignal): Promise<void> {
  const { title, url, questions, cores } = given;
  const list = await readListOfSite(given.files, given.date);
  const topics = await readTopicsOfSite(given.topics);
  if (given.topics === undefined)
    console.error(`Without --topics the site’s topics are ${topics.map(({ name }) => name).join(', ')}.`);
  const models = await Promise.all([findModel(QUICK_MODEL), findModel(SITE_MODEL)]);
  const cache = resolve(given.cache);
  await mkdir(cache, { recursive: true }).catch((error) => {
    throw new CommandError(`${given.cache} cannot be written: ${(error as Error).message}.`);
  });
  await refuseForeignSite(cache);
  signal.throwIfAborted();
  const { embedding } = planShares({ papers: list.papers.length, queries: 0, embeds: true }, cores);
  const shares = startShares(embedding);
  const end = (): void => shares.close();
  signal.addEventListener('abort', end);
  try {
    // One after another: a process has one model open.
    const quick = await vectorsOfList(list.papers, models[0], cache, shares, signal);
    const best = await vectorsOfList(list.papers, models[1], cache, shares, signal);
    const members = await membersOfTopics(list.papers, topics, models[1], best, shares, signal);
    // Vite cannot be stopped: what it builds is of use to the next run.
    const site = await buildSite(cache);
    signal.throwIfAborted();
    await writeSite(site, folder, { title, url, topics, questions, list, vectors: [quick, best], members });
    console.error(
      `${count(list.papers.length, 'paper')}, ${count(topics.length, 'topic')}, ${count(models.length, 'model')}.`,
    );
  } finally {
    signal.removeEventListener('abort', end);
    shares.close();
  }
}
