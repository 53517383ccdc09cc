import {
  type Device,
  type DeviceChoice,
  describeGraphicsCard,
  describeQuickProcessor,
  describeSlowCard,
  findReasonAgainst,
  probeGraphicsCard,
  processorThreads,
} from './device.ts';
import { isFaultOfDevice } from './error.ts';
import { openSession, type Session, type SessionRequest } from './session.ts';
import { underWatch } from './watch.ts';

/** What a session needs besides the device it is to run on. */
export type SessionParts = Omit<SessionRequest, 'device' | 'threads' | 'golden'>;

/** A model on the processor. */
export interface ProcessorSession {
  readonly session: Session;
  readonly threads: number;
  /** Why there are fewer threads than there might be, as a plain sentence. */
  readonly why?: string;
}

/**
 * The processor, with threads where they start and without where they do not.
 * @param most threads.
 */
export async function openProcessor(
  parts: SessionParts,
  most: number = processorThreads(),
): Promise<ProcessorSession> {
  // What is read without the runtime has none.
  const threads = parts.offer.contract.lookup ? 1 : Math.min(most, processorThreads());
  try {
    return { session: await openSession({ ...parts, device: 'wasm', threads }), threads };
  } catch (error) {
    if (threads === 1 || !isFaultOfDevice(error)) throw error;
    const session = await openSession({ ...parts, device: 'wasm', threads: 1 });
    return { session, threads: 1, why: 'Several threads did not start.' };
  }
}

/** Below this for the test texts, milliseconds, a card is not tried: its runtime alone is a download of 17 MB. */
const QUICK_ENOUGH_MS = 40;

/**
 * Opens the model on the graphics card too, checks its vectors, and unless it was asked for by hand times both.
 * Where the processor is quick enough the card is left alone.
 * @returns the card's session and what to say of it, or why it is refused. Throws only when stopped.
 */
export async function tryGraphicsCard(
  parts: SessionParts,
  processor: Session,
  choice: DeviceChoice,
): Promise<{ readonly session: Session; readonly device: Device } | { readonly reason: string }> {
  const { signal } = parts;
  let card: Session | undefined;
  const time = ({ connection, patience }: Session) =>
    underWatch(connection, patience, () => connection.call('time', signal));
  try {
    const wasm = choice === 'webgpu' ? 0 : await time(processor);
    if (choice !== 'webgpu') {
      if (wasm < QUICK_ENOUGH_MS) return { reason: describeQuickProcessor(wasm) };
      // Asked only where it matters: a browser without a card complains in its console.
      const against = findReasonAgainst(choice, 'encoder', await probeGraphicsCard());
      if (against !== undefined) return { reason: against };
    }
    card = await openSession({ ...parts, device: 'webgpu', threads: 1, golden: processor.golden });
    if (choice === 'webgpu') return { session: card, device: describeGraphicsCard() };
    const times = { wasm, webgpu: await time(card) };
    if (times.webgpu < times.wasm) return { session: card, device: describeGraphicsCard(times) };
    card.close();
    return { reason: describeSlowCard(times) };
  } catch (error) {
    card?.close();
    signal?.throwIfAborted();
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}
