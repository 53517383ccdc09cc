/** Fetches a text from a host that the reader has said yes to: the page's own policy allows it no other host. */
import { MOST_OF_OTHERS } from './body.ts';
import { fetchText } from './fetch.ts';

/** What comes back for an address: its text, or why there is none. */
export type ListAnswer = { readonly text: string } | { readonly problem: string };

self.addEventListener('message', async ({ data }: MessageEvent<string>) => {
  const answer: ListAnswer = await fetchText(data, 'list', { mostBytes: MOST_OF_OTHERS }).then(
    (text) => ({ text }),
    (error: Error) => ({ problem: error.message }),
  );
  self.postMessage(answer);
});
