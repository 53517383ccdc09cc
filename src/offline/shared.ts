/** What another program handed over by the system's share sheet. */
export interface Shared {
  /** Title, text and address, those that came, a line each. */
  readonly text: string;
  readonly files: readonly { readonly name: string; readonly text: string }[];
}

/** Inside the site: where the share sheet sends to, as the manifest says. */
export const SHARE_PATH = 'share';

/** What is kept until the page takes it. Not with the site's files: those of an older build are thrown away. */
const shelfOf = (scope: string) => `sheaf-shared ${new URL(scope).pathname}`;

/** More in all is not kept: a phone that shares a film has missed its aim. */
const MOST_BYTES = 50_000_000;
const MOST_FILES = 100;

/** In the worker: keeps what was sent. Nothing is added to the library: the page shows it, and the reader says. */
export async function keepShared(request: Request, scope: string): Promise<void> {
  const form = await request.formData();
  const entries = ['title', 'text', 'url'].flatMap((name) => form.getAll(name));
  const lines = entries.filter((value) => typeof value === 'string').map((value) => value.trim());
  const sent = form.getAll('files').filter((value) => value instanceof File && value.size > 0) as File[];
  // Programs put the same address into two fields.
  const whole = [...new Set(lines.filter(Boolean))].join('\n');
  const text = whole.length <= MOST_BYTES ? whole : '';
  const files: Shared['files'][number][] = [];
  let room = MOST_BYTES - text.length;
  for (const file of sent) {
    if (file.size > room || files.length === MOST_FILES) continue;
    room -= file.size;
    files.push({ name: file.name, text: await file.text() });
  }
  if (text === '' && files.length === 0) return;
  const shared: Shared = { text, files };
  const shelf = await caches.open(shelfOf(scope));
  await shelf.put(new URL(`shared/${crypto.randomUUID()}`, scope), new Response(JSON.stringify(shared)));
}

/**
 * In the page: what was kept, which is then kept no longer. Nothing where there is no such storage.
 * @param base address of the page.
 */
export async function takeShared(base: string): Promise<Shared[]> {
  const name = shelfOf(new URL('./', base).href);
  if (!globalThis.caches || !(await caches.has(name).catch(() => false))) return [];
  const shelf = await caches.open(name);
  const taken: Shared[] = [];
  for (const request of await shelf.keys()) {
    try {
      const kept = await shelf.match(request);
      // Two tabs that look at once: the one that could delete it has it.
      if (kept && (await shelf.delete(request))) taken.push((await kept.json()) as Shared);
    } catch {
      // One that was cut short loses no other.
    }
  }
  return taken;
}
