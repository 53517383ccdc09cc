import type { EngineErrorCode } from './error.ts';

export type DeviceKind = 'wasm' | 'webgpu';

/** What the model runs on, and why: shown to the reader. */
export interface Device {
  readonly kind: DeviceKind;
  /** Of the processor; 1 for a graphics card. */
  readonly threads: number;
  /** A plain sentence. */
  readonly reason: string;
  /** Devices that were looked at and not taken. */
  readonly refused?: readonly { readonly kind: DeviceKind; readonly reason: string }[];
}

/** What the reader asks for: `auto` measures. */
export type DeviceChoice = 'auto' | DeviceKind;

/** More threads gain little on texts of this length, and the page wants cores too. */
const MOST_THREADS = 4;

/** Threads share memory, which browsers allow only to an isolated page. */
export function countThreads(isolated: boolean, cores: number): number {
  return isolated ? Math.max(1, Math.min(MOST_THREADS, Math.floor(cores) || 1)) : 1;
}

/** The processor as this page may use it. */
export function processorThreads(): number {
  return countThreads(
    globalThis.crossOriginIsolated === true,
    globalThis.navigator?.hardwareConcurrency ?? 1,
  );
}

/** What the browser says of its graphics card. */
export interface GraphicsCard {
  readonly usable: boolean;
  /** An imitation by the processor: right, but far slower than WASM. */
  readonly imitation: boolean;
  /** Why it is not usable, as a plain sentence. */
  readonly reason?: string;
}

interface Gpu {
  requestAdapter(): Promise<{ info?: { isFallbackAdapter?: boolean; architecture?: string } } | null>;
}

/** What a browser must have for the WebGPU runtime: it suspends WASM while the graphics card works. */
export function canSuspend(): boolean {
  return typeof WebAssembly === 'object' && 'Suspending' in WebAssembly;
}

/** Asks the browser once; takes some milliseconds and downloads nothing. */
export async function probeGraphicsCard(): Promise<GraphicsCard> {
  const gpu = (globalThis.navigator as { gpu?: Gpu } | undefined)?.gpu;
  const no = (reason: string): GraphicsCard => ({ usable: false, imitation: false, reason });
  if (!gpu) return no('This browser has no WebGPU.');
  if (!canSuspend()) return no('This browser cannot suspend WebAssembly, which WebGPU here needs.');
  try {
    const adapter = await gpu.requestAdapter();
    if (!adapter) return no('This browser offers no graphics card to pages.');
    const { isFallbackAdapter, architecture } = adapter.info ?? {};
    return { usable: true, imitation: isFallbackAdapter === true || architecture === 'swiftshader' };
  } catch {
    return no('The graphics card did not answer.');
  }
}

/**
 * Whether a graphics card is worth trying, before anything of it is downloaded.
 * @param compute `table` for look-ups that are read without the runtime.
 * @returns why not, as a plain sentence, or undefined.
 */
export function findReasonAgainst(
  choice: DeviceChoice,
  compute: 'table' | 'lookup' | 'encoder',
  card: GraphicsCard,
): string | undefined {
  if (choice === 'wasm') return 'The processor was chosen by hand.';
  // What is read without the runtime would only be slower with one.
  if (compute === 'table' || (choice === 'auto' && compute === 'lookup')) {
    return 'This model looks pieces up and adds them, which a graphics card cannot speed up.';
  }
  if (!card.usable) return card.reason;
  if (choice === 'webgpu') return undefined;
  if (card.imitation) return 'The graphics card is only imitated by the processor here, which is slower.';
  return undefined;
}

/** The processor as the device taken. */
export function describeProcessor(threads: number, why?: string, refused?: Device['refused']): Device {
  const runs =
    threads > 1
      ? `Runs on the processor with ${threads} threads.`
      : 'Runs on the processor with one thread, which works everywhere.';
  return {
    kind: 'wasm',
    threads,
    reason: why ? `${runs} ${why}` : runs,
    ...(refused?.length && { refused }),
  };
}

/** Why a device was replaced in the middle of its work, as a plain sentence. */
export function describeFault(kind: DeviceKind, code: EngineErrorCode): string {
  if (kind === 'webgpu') {
    if (code === 'golden') return 'The graphics card began to give wrong vectors while it worked.';
    if (code === 'memory') return 'The graphics card ran out of memory while it worked.';
    if (code === 'hung') return 'The graphics card no longer answered while it worked.';
    return 'The graphics card was lost while it worked.';
  }
  if (code === 'golden') return 'Its worker began to give wrong vectors and was started again.';
  if (code === 'memory') return 'Its worker ran out of memory and was started again.';
  if (code === 'hung') return 'Its worker no longer answered and was started again.';
  return 'Its worker stopped once and was started again.';
}

/** Times are of the test texts, in milliseconds; without them the card was asked for by hand. */
export function describeGraphicsCard(times?: { wasm: number; webgpu: number }): Device {
  const reason = times
    ? `Runs on the graphics card: it gives the same vectors and is ${(times.wasm / times.webgpu).toFixed(1)} times faster than the processor.`
    : 'Runs on the graphics card, as chosen by hand: it gives the vectors that it should.';
  return { kind: 'webgpu', threads: 1, reason };
}

/** As the reason of a refusal. */
export function describeSlowCard(times: { wasm: number; webgpu: number }): string {
  return `The graphics card is slower: ${Math.round(times.webgpu)} ms against ${Math.round(times.wasm)} ms for the test texts.`;
}

/** As the reason of a refusal. */
export function describeQuickProcessor(milliseconds: number): string {
  return `The processor needs only ${Math.max(1, Math.round(milliseconds))} ms for the test texts: a graphics card was not tried.`;
}
