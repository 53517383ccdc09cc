import { count } from './count.ts';

/** Lists too large for a tab, of which a host sends parts. */
export const large = {
  open: {
    title: 'A list at an address',
    label: 'Address of a list, also of a large one (list.json)',
    look: 'Go on',
    lead: 'Nothing is asked of another host before you have seen its name and said yes.',
  },
  offer: {
    title: (title: string, papers: number) => `“${title}” has ${count(papers, 'paper')}`,
    why: 'So many do not fit into a page. Sheaf leaves them where they are and reads parts of them for each search.',
    seen: (host: string) =>
      `Each of your searches then asks ${host} for the parts that are near to it, also after a reload, until you close the list: that host sees which parts, and so roughly what you search for. What came is kept on this device and not asked for again.`,
    accept: (host: string | undefined) => (host ? `Search it at ${host} too` : 'Search it too'),
    decline: 'No, leave it',
    opening: 'Opening…',
  },
  opened: (title: string) => `“${title}” is open: each search asks it too.`,
  section: (title: string) => `In “${title}”`,
  about: (papers: number, host: string | undefined) =>
    host ? `${count(papers, 'paper')} at ${host}` : count(papers, 'paper'),
  idle: 'What you type above is searched here too, by meaning.',
  searching: 'Searching…',
  waiting: 'Waits until search by meaning is on.',
  none: 'Nothing was found here.',
  /** @param bytes that were fetched for it. */
  nearest: (shown: number, bytes: number) =>
    bytes > 0
      ? `The ${shown} nearest by meaning; ${(bytes / 1e6).toFixed(1)} MB were fetched for them.`
      : `The ${shown} nearest by meaning, from what was fetched before.`,
  unfiltered: 'Filters are not applied to this list.',
  more: 'Show more',
  again: 'Try again',
  hide: 'Hide its papers',
  show: 'Show its papers',
  asksOn: 'It is still asked with each search, until you close it.',
  close: 'Close this list',
  closed: (title: string) => `“${title}” was closed, and what was kept of it is gone.`,
  closedElsewhere: (title: string) => `“${title}” was closed in another tab.`,
  add: 'Add to the library',
  inLibrary: 'In your library: open it',
  undo: 'Undo',
  otherModel: (title: string, model: string) =>
    `“${title}” cannot be searched here: its vectors were made by ${model}, or another version of it, and this site has other models.`,
  refused: 'One of the papers found cannot be shown: what the list says of it is no paper.',
};
