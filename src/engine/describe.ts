import { contentKey } from '../paper/text.ts';
import { checkContract } from './check-contract.ts';
import type { ModelContract, ModelFile } from './contract.ts';
import { checkModelFile, parseJson, readModelFile } from './download.ts';
import { EngineError } from './error.ts';
import {
  type FilesOrigin,
  type HubOrigin,
  hostOf,
  type ModelOrigin,
  pathOfFile,
  type SiteOrigin,
  urlOf,
} from './origin.ts';
import { badStatus, request } from './request.ts';
import { sumOf } from './sum.ts';

/** A model as it can be had: what a reader sees before saying yes to the download. */
export interface ModelOffer {
  readonly origin: ModelOrigin;
  readonly contract: ModelContract;
  /** Of all its files; 0 where the place does not say. */
  readonly bytes: number;
  /** The host that the files would come from; null for picked files. */
  readonly host: string | null;
}

/** Weights that Sheaf looks for, the smallest well-tried form first. */
const GRAPHS = ['quantized', 'int8', 'uint8', 'q8', 'bnb4', 'q4', 'fp16', '']
  .map((form) => (form ? `model_${form}.onnx` : 'model.onnx'))
  .flatMap((name) => [`onnx/${name}`, name]);

const CONFIG = 'config.json';
const TOKENIZER = 'tokenizer.json';
const TOKENIZER_CONFIG = 'tokenizer_config.json';
const POOLING = '1_Pooling/config.json';
const PROMPTS = 'config_sentence_transformers.json';

/** Longest input of a model that states none. */
const USUAL_TOKENS = 512;
/** Some tokenizers state 1e30 for "no limit". */
const SANE_TOKENS = 100_000;

/**
 * What a place offers, read without its weights.
 * Runs in the model worker: a page may not ask other hosts.
 * @throws {EngineError}
 */
export async function readOffer(origin: ModelOrigin, signal?: AbortSignal): Promise<ModelOffer> {
  if (origin.kind === 'kept') {
    throw new EngineError('missing', 'What was kept of this model is gone. Pick its files again.');
  }
  const contract =
    origin.kind === 'site' ? await readContract(origin, signal) : await deriveContract(origin, signal);
  const bytes = contract.files.reduce((sum, file) => sum + file.bytes, 0);
  return { origin, contract, bytes, host: hostOf(origin) };
}

const CONTRACT = 'sheaf.json';

/**
 * A contract says what all other files must be, so it is held to the page's own sum. One that differs is fetched
 * again; what comes twice the same is what the site has, which was put up anew since the page was opened.
 */
async function readContract(origin: SiteOrigin, signal?: AbortSignal): Promise<ModelContract> {
  const read = () => readModelFile(origin, { path: CONTRACT, bytes: 0 }, { signal });
  let bytes = await read();
  for (let tries = 1; origin.sha256 !== undefined; tries++) {
    const sum = await sumOf(bytes);
    if (sum === undefined || sum === origin.sha256) break;
    bytes = await read();
    if ((await sumOf(bytes)) === sum) break;
    if (tries === MOST_TRIES)
      await checkModelFile(bytes, { path: CONTRACT, bytes: 0, sha256: origin.sha256 });
  }
  return sealId(checkContract(parseJson(bytes, CONTRACT), CONTRACT));
}

const MOST_TRIES = 3;

interface Listed extends ModelFile {
  /** For files whose sum is not known, what tells one version from another. */
  readonly version?: string;
}

async function deriveContract(origin: HubOrigin | FilesOrigin, signal?: AbortSignal): Promise<ModelContract> {
  const listed = origin.kind === 'files' ? listPicked(origin.files) : await listHub(origin, signal);
  const find = (path: string): Listed | undefined => listed.find((file) => file.path === path);
  const only = listed.filter((file) => file.path.endsWith('.onnx'));
  const graph = GRAPHS.map(find).find(Boolean) ?? (only.length === 1 ? only[0] : undefined);
  const where = origin.kind === 'files' ? 'The picked files hold' : `${origin.repository} holds`;
  if (!graph) {
    throw new EngineError(
      'missing',
      `${where} no ONNX weights such as onnx/model_quantized.onnx. Choose a model in the layout of transformers.js.`,
    );
  }
  const needed = [CONFIG, TOKENIZER, TOKENIZER_CONFIG].map((path) => {
    const file = find(path);
    if (!file)
      throw new EngineError(
        'missing',
        `${where} no ${path}. Choose a model in the layout of transformers.js.`,
      );
    return file;
  });
  const read = async (path: string): Promise<Record<string, unknown>> => {
    const file = find(path);
    if (!file) return {};
    const json = parseJson(await readModelFile(origin, file, { signal }), path);
    return typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : {};
  };
  const [config, tokens, pooling, prompts] = (await Promise.all(
    [CONFIG, TOKENIZER_CONFIG, POOLING, PROMPTS].map(read),
  )) as [Record<string, unknown>, Record<string, unknown>, Record<string, unknown>, Record<string, unknown>];
  const weights = find(`${graph.path}_data`);
  // A hub states sums of large files; files picked are here to be summed.
  const sum = async (file: Listed): Promise<Listed> => {
    const sha256 =
      origin.kind === 'files' ? await sumOf(await readModelFile(origin, file, { signal })) : undefined;
    return sha256 ? { ...file, sha256 } : file;
  };
  const versioned = await Promise.all([...needed, graph, ...(weights ? [weights] : [])].map(sum));
  const source = origin.kind === 'files' ? 'files' : `${origin.repository}@${origin.revision}`;
  const said = (prompts.prompts ?? {}) as Record<string, unknown>;
  const contract: ModelContract = {
    id: `${source}/${graph.path}`,
    name: origin.kind === 'files' ? nameOfPicked(origin.files) : origin.repository,
    files: versioned.map(({ path, bytes, sha256 }) => ({ path, bytes, ...(sha256 && { sha256 }) })),
    dimensions: readDimensions(config),
    pooling: pooling.pooling_mode_cls_token === true ? 'cls' : 'mean',
    queryPrefix: readText(said.query),
    documentPrefix: readText(said.document ?? said.passage),
    maximumTokens: readMaximumTokens(config, tokens),
    compute: config.num_hidden_layers === 0 ? 'lookup' : 'encoder',
  };
  return sealId(contract, versioned);
}

/**
 * Vectors are kept under the contract's id, so the id names all that a vector depends on: a model trained anew
 * under an old name, or the same weights with another tokenizer, prefix or length, is another model.
 */
export function sealId(contract: ModelContract, files: readonly Listed[] = contract.files): ModelContract {
  const { pooling, queryPrefix, documentPrefix, maximumTokens, dimensions } = contract;
  const versions = files.map(({ path, bytes, sha256, version }) => [path, sha256 ?? version ?? bytes]);
  const all = [versions, pooling, queryPrefix, documentPrefix, maximumTokens, dimensions];
  return { ...contract, id: `${contract.id}#${contentKey(JSON.stringify(all))}` };
}

function readText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function readDimensions(config: Record<string, unknown>): number {
  const stated = config.hidden_size ?? config.d_model ?? config.dim ?? config.n_embd;
  if (Number.isInteger(stated) && Number(stated) > 0) return Number(stated);
  throw new EngineError(
    'contract',
    'config.json does not say how many numbers a vector has (hidden_size). Choose another model.',
  );
}

function readMaximumTokens(config: Record<string, unknown>, tokens: Record<string, unknown>): number {
  const positions = Number(config.max_position_embeddings ?? config.n_positions ?? Number.POSITIVE_INFINITY);
  // RoBERTa counts positions from its pad id on, so that two of them are never used.
  const lost = /roberta|camembert|mpnet/.test(String(config.model_type)) ? 2 : 0;
  const least = Math.min(positions - lost, Number(tokens.model_max_length ?? Number.POSITIVE_INFINITY));
  return least >= 1 && least < SANE_TOKENS ? Math.floor(least) : USUAL_TOKENS;
}

function listPicked(files: readonly File[]): Listed[] {
  return files.map((file) => ({
    path: pathOfFile(file),
    bytes: file.size,
    version: `${file.size}-${file.lastModified}`,
  }));
}

function nameOfPicked(files: readonly File[]): string {
  const path = files[0]?.webkitRelativePath ?? '';
  return path.includes('/') ? path.slice(0, path.indexOf('/')) : 'Picked files';
}

/** The files of a repository with their sizes; the hub states sums of large files only. */
async function listHub(origin: HubOrigin, signal?: AbortSignal): Promise<Listed[]> {
  const { endpoint, repository, revision } = origin;
  const url = `${endpoint}/api/models/${repository}/tree/${encodeURIComponent(revision)}?recursive=true`;
  const response = await request(url, signal);
  if (response.status === 401 || response.status === 403) throw badStatus(response.status, repository, url);
  const listed: unknown = response.ok ? await response.json().catch(() => undefined) : undefined;
  if (!Array.isArray(listed)) return await probeHub(origin, signal);
  return listed.flatMap(
    (entry: {
      type?: unknown;
      path?: unknown;
      size?: unknown;
      oid?: unknown;
      lfs?: { oid?: unknown; size?: unknown };
    }) => {
      if (entry?.type !== 'file' || typeof entry.path !== 'string') return [];
      const sha256 = typeof entry.lfs?.oid === 'string' ? entry.lfs.oid.replace(/^sha256:/, '') : '';
      return [
        {
          path: entry.path,
          bytes: Number(entry.lfs?.size ?? entry.size ?? 0),
          ...(/^[\da-f]{64}$/.test(sha256) && { sha256 }),
          ...(typeof entry.oid === 'string' && { version: entry.oid.slice(0, 16) }),
        },
      ];
    },
  );
}

/** For a hub without the list: asks for each file by name, for its size only. */
async function probeHub(origin: HubOrigin, signal?: AbortSignal): Promise<Listed[]> {
  const ask = async (path: string): Promise<Listed | undefined> => {
    const url = urlOf(origin, path);
    const response = await request(url, signal, { method: 'HEAD' });
    if (response.status === 401 || response.status === 403) throw badStatus(response.status, path, url);
    if (!response.ok) return undefined;
    const linked = response.headers.get('x-linked-size');
    const plain = !response.headers.has('content-encoding') && path.endsWith('.onnx');
    const size = Number(linked ?? (plain ? response.headers.get('content-length') : 0) ?? 0);
    const tag = (response.headers.get('x-linked-etag') ?? response.headers.get('etag'))?.replace(
      /^W\/|"/g,
      '',
    );
    return { path, bytes: size, ...(tag && { version: tag.slice(0, 16) }) };
  };
  const small = await Promise.all([CONFIG, TOKENIZER, TOKENIZER_CONFIG, POOLING, PROMPTS].map(ask));
  for (const path of GRAPHS) {
    const graph = await ask(path);
    if (!graph) continue;
    const data = await ask(`${path}_data`);
    return [...small, graph, data].filter((file) => file !== undefined);
  }
  return small.filter((file) => file !== undefined);
}
