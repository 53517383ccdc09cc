import { EngineError } from './error.ts';

/** Where a model comes from. */
export type ModelOrigin =
  /** The site's own: `base` is the absolute address of the model folder, with a contract in `sheaf.json`. */
  | {
      readonly kind: 'site';
      readonly base: string;
      /** Of that contract, as the page that was built with it says. */
      readonly sha256?: string | undefined;
    }
  /** A hub with the Hugging Face hub's addresses. */
  | {
      readonly kind: 'hub';
      /** `https://huggingface.co`, no slash at the end. */
      readonly endpoint: string;
      /** `owner/name`. */
      readonly repository: string;
      /** Branch, tag or commit. */
      readonly revision: string;
    }
  /** A folder or files that the reader picked. */
  | { readonly kind: 'files'; readonly files: readonly File[] }
  /** Picked files at a later visit: only the cache has them. */
  | { readonly kind: 'kept'; readonly model: string };

export type SiteOrigin = Extract<ModelOrigin, { kind: 'site' }>;
export type HubOrigin = Extract<ModelOrigin, { kind: 'hub' }>;
export type FetchedOrigin = Extract<ModelOrigin, { kind: 'site' | 'hub' }>;
export type FilesOrigin = Extract<ModelOrigin, { kind: 'files' }>;

export const HUB_ENDPOINT = 'https://huggingface.co';

/** The model of the site that readers search with: a folder under `models/`. */
export const SITE_MODEL = 'sheaf-context-1';
/** The site's quick one, which answers until the other is here and has read. */
export const QUICK_MODEL = 'sheaf-tokens-2';

const REPOSITORY = /^[\w-][\w.-]{0,95}\/[\w-][\w.-]{0,95}$/;
const REVISION = /^[\w-][\w./-]{0,199}$/;

/**
 * Reads what a reader typed or pasted: `Xenova/all-MiniLM-L6-v2`, the same with `@revision`, or the address
 * of a model's page on a hub (`https://huggingface.co/Xenova/all-MiniLM-L6-v2/tree/main`).
 * @throws {EngineError} `address`.
 */
export function parseModelAddress(text: string): HubOrigin {
  const typed = text.trim();
  let endpoint = HUB_ENDPOINT;
  let path = typed;
  if (/^[a-z][a-z\d+.-]*:/i.test(typed)) {
    const url = readUrl(typed);
    if (!url || !['https:', 'http:'].includes(url.protocol) || url.username) throw badAddress(typed);
    endpoint = url.origin;
    path = url.pathname.replace(/^\/|\/$/g, '');
  }
  const [named = '', stated, ...more] = path.split('@');
  const [owner = '', name = '', place, ...rest] = named.split('/');
  const repository = `${owner}/${name}`;
  // The pages of a repository: /tree/REVISION, /blob/REVISION/file, /resolve/REVISION/file.
  const shown = place && ['tree', 'blob', 'resolve'].includes(place) ? rest[0] : undefined;
  const revision = stated ?? shown ?? 'main';
  const known = place === undefined || shown !== undefined;
  if (more.length > 0 || !known || !REPOSITORY.test(repository) || repository.includes('..')) {
    throw badAddress(typed);
  }
  if (!REVISION.test(revision) || revision.includes('..')) throw badAddress(typed);
  return { kind: 'hub', endpoint, repository, revision };
}

function readUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

function badAddress(text: string): EngineError {
  const shown = text.length > 80 ? `${text.slice(0, 80)}…` : text;
  return new EngineError(
    'address',
    `“${shown}” is not a model's address: write owner/name, such as Xenova/all-MiniLM-L6-v2, or paste the address of its page.`,
  );
}

/** Whether both are the same model of the site, in whatever build. */
export function isSameModel(a: ModelOrigin | undefined, b: ModelOrigin): boolean {
  return a?.kind === 'site' && b.kind === 'site' && a.base === b.base;
}

/** The host that will be asked, or null where nothing is asked of any. */
export function hostOf(origin: ModelOrigin): string | null {
  if (origin.kind === 'files' || origin.kind === 'kept') return null;
  return new URL(origin.kind === 'site' ? origin.base : origin.endpoint).host;
}

/** Address of a file of a model that is fetched. */
export function urlOf(origin: FetchedOrigin, path: string): string {
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  if (origin.kind === 'site') return new URL(encoded, withSlash(origin.base)).href;
  const revision = encodeURIComponent(origin.revision);
  return `${origin.endpoint}/${origin.repository}/resolve/${revision}/${encoded}`;
}

function withSlash(base: string): string {
  return base.endsWith('/') ? base : `${base}/`;
}

/** Path of a picked file inside its model folder: the folder's own name does not count. */
export function pathOfFile(file: File): string {
  const path = file.webkitRelativePath || file.name;
  return path.includes('/') ? path.slice(path.indexOf('/') + 1) : path;
}

/** The picked file at a path; files picked one by one have lost their folder, so a name alone will do. */
export function findFile(files: readonly File[], path: string): File | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return (
    files.find((file) => pathOfFile(file) === path) ??
    files.find((file) => file.webkitRelativePath === '' && file.name === name)
  );
}
