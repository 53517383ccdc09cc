import { type Component, lazy } from 'solid-js';
import type { PageName } from '../state/address.ts';

/** The pages that open in the paper's place. What a first visit rarely needs is loaded when it is asked for. */
export const PAGE_TABLE: Readonly<Record<PageName, Component>> = {
  add: lazy(async () => ({ default: (await import('./AddPage.tsx')).AddPage })),
  map: lazy(async () => ({ default: (await import('./MapPage.tsx')).MapPage })),
  export: lazy(async () => ({ default: (await import('./ExportPage.tsx')).ExportPage })),
  model: lazy(async () => ({ default: (await import('./ModelPage.tsx')).ModelPage })),
  about: lazy(async () => ({ default: (await import('./AboutPage.tsx')).AboutPage })),
  dates: lazy(async () => ({ default: (await import('./DatesPage.tsx')).DatesPage })),
  digest: lazy(async () => ({ default: (await import('./DigestPage.tsx')).DigestPage })),
  topic: lazy(async () => ({ default: (await import('./TopicPage.tsx')).TopicPage })),
  shared: lazy(async () => ({ default: (await import('./SharedTopicPage.tsx')).SharedTopicPage })),
};
