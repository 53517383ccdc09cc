import { createSignal, For, Show } from 'solid-js';
import { count } from '../state/library.ts';
import { type DeviceChoice, type ModelOffer, type ModelOrigin, parseModelAddress } from '../state/meaning.ts';
import { sentenceOf } from '../state/notices.ts';
import { useSheaf } from './context.ts';
import { PageFrame } from './PageFrame.tsx';

const CHOICES: readonly { value: DeviceChoice; name: string; what: string }[] = [
  { value: 'auto', name: 'Measured', what: 'whatever is quickest here and gives the right vectors' },
  { value: 'wasm', name: 'Processor', what: 'WebAssembly, works everywhere' },
  {
    value: 'webgpu',
    name: 'Graphics card',
    what: 'WebGPU, if this browser has it and its vectors are right',
  },
];

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toLocaleString('en', { maximumFractionDigits: 1 })} MB`;
}

/** Which model reads the papers, on what, and how to choose another. */
export function ModelPage() {
  const { meaning } = useSheaf();
  const contract = () => meaning.contract();
  /** Refusals that the reason for the choice has not told already. */
  const refused = () =>
    (meaning.device()?.refused ?? []).filter(({ reason }) => !meaning.device()?.reason.includes(reason));
  const bytes = () => contract()?.files.reduce((sum, file) => sum + file.bytes, 0) ?? 0;
  return (
    <PageFrame title="The model">
      <p class="lead">
        A small model in this browser turns each paper into a vector, so that papers can be found by what they
        mean.
      </p>
      <Show when={contract()} fallback={<p>No model is running yet.</p>}>
        {(model) => (
          <dl>
            <dt>In use</dt>
            <dd>{model().name}</dd>
            <dt>Size</dt>
            <dd>{megabytes(bytes())}</dd>
            <dt>Vectors</dt>
            <dd>{`${model().dimensions} dimensions, up to ${model().maximumTokens} pieces of words a paper`}</dd>
            <dt>Runs on</dt>
            <dd data-device={meaning.device()?.kind}>
              {meaning.device()?.kind === 'webgpu'
                ? 'the graphics card (WebGPU)'
                : `the processor (WebAssembly, ${meaning.device()?.threads ?? 1} ${meaning.device()?.threads === 1 ? 'thread' : 'threads'})`}
            </dd>
            <dt>Because</dt>
            <dd>{meaning.device()?.reason}</dd>
            <For each={refused()}>
              {({ kind, reason }) => (
                <>
                  <dt>Refused</dt>
                  <dd>{`${kind === 'webgpu' ? 'Graphics card' : 'Processor'}: ${reason}`}</dd>
                </>
              )}
            </For>
            <dt>Read on this visit</dt>
            <dd data-embedded={meaning.embedded()}>{count(meaning.embedded(), 'paper')}</dd>
            <Show when={model().licence}>
              <dt>Licence</dt>
              <dd>{model().licence}</dd>
            </Show>
          </dl>
        )}
      </Show>
      <DeviceChoices />
      <OtherModel />
    </PageFrame>
  );
}

function DeviceChoices() {
  const { meaning, notices } = useSheaf();
  const [busy, setBusy] = createSignal(false);
  const choose = async (choice: DeviceChoice) => {
    setBusy(true);
    try {
      await meaning.useDevice(choice);
    } catch (error) {
      notices.warn(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <h2>Where it runs</h2>
      <fieldset class="choices" aria-busy={busy()}>
        <legend class="visually-hidden">Where it runs</legend>
        <For each={CHOICES}>
          {(choice) => (
            <label>
              <input
                type="radio"
                name="device"
                checked={meaning.deviceChoice() === choice.value}
                onChange={() => void choose(choice.value)}
              />
              <span>
                {choice.name}
                <span class="quiet">{` – ${choice.what}`}</span>
              </span>
            </label>
          )}
        </For>
      </fieldset>
    </>
  );
}

/** Any model in the transformers.js layout: by address or from files; its size is shown first. */
function OtherModel() {
  const { meaning } = useSheaf();
  const [address, setAddress] = createSignal('');
  const [offer, setOffer] = createSignal<ModelOffer>();
  const [problem, setProblem] = createSignal<string>();
  const [busy, setBusy] = createSignal<'looking' | 'opening'>();

  const look = async (origin: () => ModelOrigin) => {
    setProblem(undefined);
    setOffer(undefined);
    setBusy('looking');
    try {
      setOffer(await meaning.look(origin()));
    } catch (error) {
      setProblem(sentenceOf(error));
    } finally {
      setBusy(undefined);
    }
  };
  const use = async () => {
    const chosen = offer();
    if (!chosen) return;
    setBusy('opening');
    setProblem(undefined);
    try {
      await meaning.use(chosen);
      setOffer(undefined);
    } catch (error) {
      setProblem(`${sentenceOf(error)} The model in use stays.`);
    } finally {
      setBusy(undefined);
    }
  };
  const hostOf = () => {
    try {
      const parsed = parseModelAddress(address());
      return parsed.kind === 'hub' ? new URL(parsed.endpoint).host : '';
    } catch {
      return '';
    }
  };

  return (
    <>
      <h2>Another model</h2>
      <p>
        Any text-embedding model in the transformers.js layout works. Its address is a repository name on the
        Hugging Face hub or a full address; nothing is asked for before you press the button.
      </p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void look(() => parseModelAddress(address()));
        }}
      >
        <input
          type="text"
          aria-label="Address of a model"
          placeholder="owner/model"
          spellcheck={false}
          value={address()}
          onInput={(event) => setAddress(event.currentTarget.value)}
        />
        <p class="actions">
          <button type="submit" class="button" disabled={!address().trim() || busy() !== undefined}>
            {busy() === 'looking' ? 'Looking…' : hostOf() ? `Ask ${hostOf()} for its size` : 'Look at it'}
          </button>
          <label class="button">
            Choose a folder
            <input
              class="visually-hidden"
              type="file"
              multiple
              ref={(element) => element.setAttribute('webkitdirectory', '')}
              onChange={(event) => {
                const files = [...(event.currentTarget.files ?? [])];
                if (files.length > 0) void look(() => ({ kind: 'files', files }));
                event.currentTarget.value = '';
              }}
            />
          </label>
          <button
            type="button"
            class="button"
            disabled={busy() !== undefined}
            onClick={() => void look(() => meaning.siteModel)}
          >
            Back to the site’s own
          </button>
        </p>
      </form>
      <div role="status">
        <Show when={offer()}>
          {(found) => (
            <>
              <p>
                <strong>{found().contract.name}</strong>
                {`: ${megabytes(found().bytes)} ${found().host ? `from ${found().host}` : 'from this device'}, ${found().contract.dimensions} dimensions. Papers that it has not read yet are read anew.`}
              </p>
              <p class="actions">
                <button
                  type="button"
                  class="button main"
                  disabled={busy() !== undefined}
                  onClick={() => void use()}
                >
                  {busy() === 'opening' ? 'Opening…' : 'Use this model'}
                </button>
              </p>
            </>
          )}
        </Show>
        <Show when={problem()}>
          <p class="problem">{problem()}</p>
        </Show>
      </div>
    </>
  );
}
