import { type Component, lazy } from 'solid-js';
import type { PageName } from '../state/address.ts';
import { AboutPage } from './AboutPage.tsx';
import { AddPage } from './AddPage.tsx';

/** The pages that open in the paper's place. What a first visit rarely needs is loaded when it is asked for. */
export const PAGE_TABLE: Readonly<Record<PageName, Component>> = {
  add: AddPage,
  export: lazy(async () => ({ default: (await import('./ExportPage.tsx')).ExportPage })),
  model: lazy(async () => ({ default: (await import('./ModelPage.tsx')).ModelPage })),
  about: AboutPage,
  topic: lazy(async () => ({ default: (await import('./TopicPage.tsx')).TopicPage })),
  shared: lazy(async () => ({ default: (await import('./SharedTopicPage.tsx')).SharedTopicPage })),
};
