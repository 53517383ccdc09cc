import { openProcessor, type SessionParts } from './choose.ts';
import { type Device, describeFault, describeProcessor } from './device.ts';
import type { Embedded, TextKind } from './encoder.ts';
import { EngineError, isFaultOfDevice } from './error.ts';
import type { Session } from './session.ts';
import { underWatch } from './watch.ts';

/** A model from its opening to the opening of another: on one device, and after a fault of it on the next. */
export interface Tenure {
  /** What a session needs; its signal ends with the tenure. */
  readonly parts: SessionParts;
  readonly session: () => Session;
  readonly device: () => Device;
  setDevice(device: Device): void;
  readonly ended: () => boolean;
  /** Puts a session in the place of another of the same model; what the old one was doing is asked again. */
  take(session: Session, device: Device): void;
  /** Asks the worker, and the one in its place where it failed at the question. */
  embed(texts: readonly string[], kind: TextKind, urgent: boolean, signal?: AbortSignal): Promise<Embedded>;
  end(): void;
}

export interface TenureEvents {
  readonly onDevice?: ((device: Device) => void) | undefined;
  /** Told once, in a sentence, when a device failed at its work and another goes on with it. */
  readonly onFault?: ((sentence: string) => void) | undefined;
}

/** For one question: the next device, and the last with one thread. More in a row is no accident. */
const MOST_REPLACED = 2;

export function createTenure(
  parts: SessionParts,
  ended: AbortController,
  first: { readonly session: Session; readonly device: Device },
  { onDevice, onFault }: TenureEvents,
): Tenure {
  let { session, device } = first;
  /** Of the processor. */
  let faults = 0;
  let told = false;
  let replacement: Promise<void> | undefined;

  function take(better: Session, on: Device): void {
    const old = session;
    session = better;
    device = on;
    old.close();
    watchCard(better);
  }

  /** Work that hangs on a lost card would hang for ever: ending its worker makes it fail and be asked again. */
  function watchCard({ connection }: Session): void {
    if (device.kind !== 'webgpu') return;
    connection.call('lost').then(
      (why) => connection.close(new EngineError('lost', `The graphics card was lost: ${why}`)),
      () => {},
    );
    void connection.ended.then((error) => {
      const inUse = session.connection === connection && !ended.signal.aborted;
      if (inUse) replace(error).catch(() => {});
    });
  }

  /**
   * After a fault: the processor, once for all who wait. From a card with all threads; else as before, and where
   * that was not enough, or there was not enough memory, with one. A failure may be tried again.
   */
  function replace({ code }: EngineError): Promise<void> {
    if (replacement) return replacement;
    const { kind, threads, refused = [] } = device;
    const again = kind === 'wasm' && faults++ > 0;
    const fewer = again || code === 'memory' ? 1 : threads;
    const why = describeFault(kind, code);
    const open = async () => {
      const found = await openProcessor(parts, kind === 'webgpu' ? undefined : fewer);
      if (ended.signal.aborted) return found.session.close();
      const against = kind === 'webgpu' ? [{ kind, reason: why }] : refused;
      take(found.session, describeProcessor(found.threads, why, against));
      onDevice?.(device);
      if (!told) onFault?.(why);
      told = true;
    };
    replacement = open().finally(() => {
      replacement = undefined;
    });
    return replacement;
  }

  return {
    parts,
    session: () => session,
    device: () => device,
    setDevice(described) {
      device = described;
    },
    ended: () => ended.signal.aborted,
    take,
    async embed(texts, kind, urgent, signal) {
      for (let replaced = 0; ; ) {
        const asked = session;
        try {
          return await underWatch(asked.connection, asked.patience, (alive) =>
            asked.connection.call('embed', texts, kind, urgent, signal, alive),
          );
        } catch (error) {
          const closed = error instanceof EngineError && error.code === 'closed';
          if (ended.signal.aborted || !(closed || isFaultOfDevice(error))) throw error;
          // A better one has taken over, or another question has met the fault: this one is asked again.
          if (session !== asked) continue;
          if (++replaced > MOST_REPLACED) throw error;
          await replace(error);
          if (session === asked) throw error;
        }
      }
    },
    end() {
      ended.abort();
      session.close();
    },
  };
}
