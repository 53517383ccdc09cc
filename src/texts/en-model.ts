import { count } from './count.ts';

/** The page about the model: which one, where it runs, and how to choose another. */
export const model = {
  title: 'The model',
  lead: 'A small model in this browser turns each paper into a vector, so that papers can be found by what they mean.',
  none: 'No model is running yet.',

  inUse: 'In use',
  size: 'Size',
  vectors: 'Vectors',
  dimensions: (dimensions: number, tokens: number) =>
    `${dimensions} dimensions, up to ${tokens} pieces of words a paper`,
  runsOn: 'Runs on',
  onCard: 'the graphics card (WebGPU)',
  onProcessor: (threads: number) =>
    `the processor (WebAssembly, ${threads} ${threads === 1 ? 'thread' : 'threads'})`,
  because: 'Because',
  refused: 'Refused',
  refusal: (device: string, why: string) => `${device}: ${why}`,
  embedded: 'Read on this visit',
  embeddedTexts: (n: number) => count(n, 'text'),
  licence: 'Licence',

  ofSite: 'The site’s own models',
  better: { name: 'The better one', what: 'the quick one answers until it has read every paper' },
  quick: { name: 'The quick one only', what: 'spares the connection and the battery' },

  where: 'Where it runs',
  devices: {
    auto: { name: 'Measured', what: 'whatever is quickest here and gives the right vectors' },
    wasm: { name: 'Processor', what: 'WebAssembly, works everywhere' },
    webgpu: { name: 'Graphics card', what: 'WebGPU, if this browser has it and its vectors are right' },
  },

  other: {
    heading: 'Another model',
    about:
      'Any text-embedding model in the transformers.js layout works. Its address is a repository name on the Hugging Face hub or a full address; nothing is asked for before you press the button.',
    address: 'Address of a model',
    placeholder: 'owner/model',
    looking: 'Looking…',
    ask: (host: string) => `Ask ${host} for its size`,
    look: 'Look at it',
    folder: 'Choose a folder',
    ofSite: 'Back to the site’s own',
    sizeNotStated: 'size not stated',
    /** What follows the name of a model that was found. @param host null where its files were picked. */
    found: (size: string, host: string | null, dimensions: number) =>
      `: ${size} ${host ? `from ${host}` : 'from this device'}, ${dimensions} dimensions. Papers that it has not read yet are read anew.`,
    use: 'Use this model',
    kept: 'Kept on this device',
    remove: 'Remove',
    removeName: (name: string) => `Remove ${name}`,
  },
};
