import { type Component, lazy } from 'solid-js';
import type { PageName } from '../state/address.ts';
import { loadSecond } from '../state/loadSecond.ts';

/** After the second file of code: pages show what that makes. */
const page = (load: () => Promise<Component>) =>
  lazy(async () => {
    const [Page] = await Promise.all([load(), loadSecond()]);
    return { default: Page };
  });

/** The pages that open in the paper's place. What a first visit rarely needs is loaded when it is asked for. */
export const PAGE_TABLE: Readonly<Record<PageName, Component>> = {
  add: page(async () => (await import('./AddPage.tsx')).AddPage),
  map: page(async () => (await import('./MapPage.tsx')).MapPage),
  export: page(async () => (await import('./ExportPage.tsx')).ExportPage),
  model: page(async () => (await import('./ModelPage.tsx')).ModelPage),
  about: page(async () => (await import('./AboutPage.tsx')).AboutPage),
  dates: page(async () => (await import('./DatesPage.tsx')).DatesPage),
  digest: page(async () => (await import('./DigestPage.tsx')).DigestPage),
  topic: page(async () => (await import('./TopicPage.tsx')).TopicPage),
  shared: page(async () => (await import('./SharedTopicPage.tsx')).SharedTopicPage),
};
