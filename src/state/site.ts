/** What the page that was served says of its site: `publish:list` writes it into the head. */
export interface Site {
  readonly name: string;
  /** What the page proposes to ask of its list: things that the words of its papers do not say in this form. */
  readonly questions: readonly string[];
  /** Names of the models whose vectors of the list come with the site. */
  readonly vectors: readonly string[];
  /** Address of a topic's feed; undefined where the site has none of it. */
  feedOf(topic: string): string | undefined;
  /** What the SHA-256 of a file of the site is to be, lower-case hex, by its path; undefined where it is not said. */
  sumOf(path: string): string | undefined;
}

const NAME = 'Sheaf';

/** @param base absolute address of the site. */
export function readSite(base: string): Site {
  // Absent where the site's code runs in Node.
  const head = (globalThis as { document?: Document }).document?.head;
  const content = (name: string) =>
    head?.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content.trim();
  const links = [
    ...(head?.querySelectorAll<HTMLLinkElement>('link[rel="alternate"][type="application/atom+xml"]') ?? []),
  ];
  const feeds = new Set(links.map(({ href }) => href));
  const sums = new Map(
    content('sheaf-sums')
      ?.split(/\s+/)
      .map((entry) => entry.split('=') as [path: string, sum: string]),
  );
  return {
    sumOf: (path) => sums.get(path),
    name: content('application-name') || NAME,
    questions: [...(head?.querySelectorAll<HTMLMetaElement>('meta[name="sheaf-question"]') ?? [])].map(
      (meta) => meta.content,
    ),
    vectors: content('sheaf-vectors')?.split(/\s+/).filter(Boolean) ?? [],
    feedOf(topic) {
      const address = new URL(`feeds/topics/${encodeURIComponent(topic)}.atom`, base).href;
      return feeds.has(address) ? address : undefined;
    },
  };
}
