import { fork } from 'node:child_process';
import { availableParallelism, freemem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { type Connection, connect, type Port, serve } from '../engine/call.ts';
import { EngineError } from '../engine/error.ts';
import type { Paper } from '../paper/paper.ts';
import { type Channel, portOf } from './channel.ts';
import { createShare, type Share } from './share.ts';

/** Several hands for one piece of work. */
export interface Shares {
  readonly connections: readonly Connection<Share>[];
  /** Ends the processes at once, whatever they do. */
  close(): void;
}

const WHO = 'A process of this command';
/** What a paper takes in a process that ranks: index, text and vector; 48 kB measured on 13,729 abstracts. */
const BYTES_A_PAPER = 60_000;
/** Starting a process and opening the model there takes as long as embedding so many papers. */
const PAPERS_A_PROCESS = 2_000;
/** Indexing all papers once more takes as long as answering so many queries over them. */
const QUERIES_A_PROCESS = 40;

export interface Work {
  readonly papers: number;
  readonly queries: number;
  readonly embeds: boolean;
}

/** How many processes are worth their start, for embedding and for ranking; at least one of each. */
export function planShares(
  { papers, queries, embeds }: Work,
  cores: number = availableParallelism(),
  freeBytes: number = freemem(),
): { embedding: number; ranking: number } {
  const fitting = Math.floor(freeBytes / 2 / (papers * BYTES_A_PAPER));
  return {
    embedding: embeds ? atLeastOne(Math.min(cores, Math.floor(papers / PAPERS_A_PROCESS))) : 1,
    ranking: atLeastOne(Math.min(cores, fitting, Math.floor(queries / QUERIES_A_PROCESS))),
  };
}

/**
 * One share works in this process; several have a process each. Not threads: the loader that lets Node run
 * TypeScript does not reach into them.
 */
export function startShares(amount: number): Shares {
  const started = Array.from({ length: amount }, amount === 1 ? startHere : startProcess);
  return {
    connections: started.map(({ connection }) => connection),
    close: () => {
      for (const { close } of started) close();
    },
  };
}

interface Started {
  readonly connection: Connection<Share>;
  close(): void;
}

function startHere(): Started {
  const { port1, port2 } = new MessageChannel();
  // Node's ports listen as a browser's do; only their types do not say so.
  serve(port2 as unknown as Port, createShare());
  const connection = connect<Share>(port1 as unknown as Port, WHO);
  return {
    connection,
    close() {
      // First, so that no call waits for an answer that cannot come.
      connection.close();
      port1.close();
    },
  };
}

function startProcess(): Started {
  const child = fork(fileURLToPath(new URL('./share-process.ts', import.meta.url)), {
    serialization: 'advanced',
    // Out of the terminal's reach: Ctrl-C stops this process, which then says so and ends the others.
    detached: true,
  });
  const connection = connect<Share>(portOf(child as Channel), WHO);
  const end = (detail: string): void =>
    connection.close(
      new EngineError('crashed', `${WHO} stopped: ${detail}. With --cores 1 less memory is needed.`),
    );
  child.on('error', (error) => end(error.message));
  child.on('exit', (status, signal) => end(signal ?? `status ${status}`));
  return {
    connection,
    close() {
      connection.close();
      child.kill('SIGKILL');
    },
  };
}

function atLeastOne(amount: number): number {
  return Math.max(1, amount);
}

/** Papers sent to a collection at once, as state/sheaf.ts does: between two slices a stop is heard. */
const SLICE = 500;

/**
 * Gives all the papers to each share.
 * @param onPut told how many each has.
 */
export async function putPapers(
  connections: readonly Connection<Share>[],
  papers: readonly Paper[],
  onPut?: (count: number) => void,
): Promise<void> {
  for (let at = 0; at < papers.length; at += SLICE) {
    const slice = papers.slice(at, at + SLICE);
    await Promise.all(connections.map((share) => share.call('putPapers', slice)));
    onPut?.(at + slice.length);
  }
}

/**
 * Hands out pieces of work, in their order, each to the share that is free next.
 * @param work answers one piece; the first failure ends all.
 */
export async function handOut<Piece>(
  connections: readonly Connection<Share>[],
  pieces: readonly Piece[],
  work: (connection: Connection<Share>, piece: Piece, index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  await Promise.all(
    connections.map(async (connection) => {
      while (next < pieces.length) {
        const index = next++;
        try {
          await work(connection, pieces[index] as Piece, index);
        } catch (error) {
          next = pieces.length;
          throw error;
        }
      }
    }),
  );
}
