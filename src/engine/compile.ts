/** WebAssembly that is compiled while it comes. Compiling runs nothing of it: who asks for the module has checked the bytes. */
export interface Compiling {
  /** A part of the file. After one that is not the next nothing is compiled ahead. */
  take(part: number, bytes: ArrayBuffer): void;
  /** What has come is of no use. */
  drop(): void;
  /** When the last part has been taken; undefined where it could not be compiled so. */
  module(): Promise<WebAssembly.Module | undefined>;
}

export function compileWhileComing(): Compiling {
  let coming: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>> | undefined;
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start: (controller) => {
      coming = controller;
    },
  });
  const compiled = compileResponse(new Response(stream, { headers: { 'Content-Type': 'application/wasm' } }));
  let next = 0;
  const giveUp = () => {
    coming?.error(new TypeError('not in order'));
    coming = undefined;
  };
  return {
    take(part, bytes) {
      if (part !== next++) return giveUp();
      // A copy: the part itself moves away to be kept.
      coming?.enqueue(new Uint8Array(bytes.slice(0)));
    },
    drop: giveUp,
    async module() {
      coming?.close();
      coming = undefined;
      return await compiled;
    },
  };
}

/** Undefined where it is no WebAssembly, or is not said to be. */
export function compileResponse(response: Response): Promise<WebAssembly.Module | undefined> {
  return WebAssembly.compileStreaming(response).catch(() => undefined);
}

/**
 * ONNX Runtime takes bytes and compiles them itself. Once, for these very bytes, it gets the module that is compiled already; it
 * has no option for that.
 */
export function handOver(bytes: ArrayBuffer, module: WebAssembly.Module): void {
  const { instantiate } = WebAssembly;
  const handed = async (source: BufferSource, imports?: WebAssembly.Imports) => {
    const given: unknown = ArrayBuffer.isView(source) ? source.buffer : source;
    if (given !== bytes) return await instantiate(source, imports);
    WebAssembly.instantiate = instantiate;
    return { module, instance: await instantiate(module, imports) };
  };
  WebAssembly.instantiate = handed as typeof instantiate;
}
