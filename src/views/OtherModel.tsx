import { createSignal, For, onMount, Show } from 'solid-js';
import { parseModelAddress } from '../state/meaning.ts';
import { useSheaf } from './context.ts';
import { megabytes } from './quantities.ts';

/** Any model in the transformers.js layout: by address or from files; its size is shown first. */
export function OtherModel() {
  return (
    <>
      <h2>Another model</h2>
      <p>
        Any text-embedding model in the transformers.js layout works. Its address is a repository name on the
        Hugging Face hub or a full address; nothing is asked for before you press the button.
      </p>
      <Address />
      <Offer />
      <Kept />
    </>
  );
}

function Address() {
  const { meaning, models } = useSheaf();
  const [address, setAddress] = createSignal('');
  const hostOf = () => {
    try {
      const parsed = parseModelAddress(address());
      return parsed.kind === 'hub' ? new URL(parsed.endpoint).host : '';
    } catch {
      return '';
    }
  };
  const busy = () => models.step() !== undefined;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void models.look(() => parseModelAddress(address()));
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
        <button type="submit" class="button" disabled={!address().trim() || busy()}>
          {models.step()?.phase === 'looking'
            ? 'Looking…'
            : hostOf()
              ? `Ask ${hostOf()} for its size`
              : 'Look at it'}
        </button>
        <label class="button">
          Choose a folder
          <input
            class="visually-hidden"
            type="file"
            multiple
            disabled={busy()}
            ref={(element) => element.setAttribute('webkitdirectory', '')}
            onChange={(event) => {
              const files = [...(event.currentTarget.files ?? [])];
              if (files.length > 0) void models.look(() => ({ kind: 'files', files }));
              event.currentTarget.value = '';
            }}
          />
        </label>
        <button
          type="button"
          class="button"
          disabled={busy()}
          onClick={() => void models.look(() => meaning.siteModel())}
        >
          Back to the site’s own
        </button>
      </p>
    </form>
  );
}

/** What was found, how far its download is, and what went wrong. */
function Offer() {
  const { models } = useSheaf();
  const size = (bytes: number) => (bytes > 0 ? megabytes(bytes) : 'size not stated');
  return (
    <>
      <div role="status">
        <Show when={models.offer()}>
          {(found) => (
            <>
              <p>
                <strong>{found().contract.name}</strong>
                {`: ${size(found().bytes)} ${found().host ? `from ${found().host}` : 'from this device'}, ${found().contract.dimensions} dimensions. Papers that it has not read yet are read anew.`}
              </p>
              <Show when={!models.step()}>
                <p class="actions">
                  <button type="button" class="button main" onClick={() => void models.use()}>
                    Use this model
                  </button>
                </p>
              </Show>
            </>
          )}
        </Show>
        <Show when={models.problem()}>
          <p class="problem">{models.problem()}</p>
        </Show>
      </div>
      <ModelDownload />
    </>
  );
}

/** How far another model is on its way, and a way to stop it. Nothing while none is. */
export function ModelDownload() {
  const { models } = useSheaf();
  const opening = () => {
    const step = models.step();
    return step?.phase === 'opening' ? step : undefined;
  };
  return (
    <Show when={opening()}>
      {(step) => (
        <div class="download">
          <progress
            max={step().total || 1}
            value={step().total > 0 ? step().done : undefined}
            aria-label={`Loading ${step().name}`}
          />
          <p class="number">
            {`Loading ${step().name}: ${megabytes(step().done)}${step().total > 0 ? ` of ${megabytes(step().total)}` : ''}. `}
            <button type="button" class="link" onClick={() => models.stop()}>
              Stop
            </button>
          </p>
        </div>
      )}
    </Show>
  );
}

/** Models that were used before: their files and vectors take room until they are removed. */
function Kept() {
  const { models } = useSheaf();
  onMount(() => void models.listKept().catch(() => undefined));
  return (
    <Show when={models.kept().length > 0}>
      <h2>Kept on this device</h2>
      <ul class="kept-models">
        <For each={models.kept()}>
          {(model) => (
            <li>
              {`${model.name}, ${megabytes(model.bytes)} `}
              <button
                type="button"
                class="link"
                aria-label={`Remove ${model.name}`}
                onClick={() => void models.remove(model.id)}
              >
                Remove
              </button>
            </li>
          )}
        </For>
      </ul>
    </Show>
  );
}
