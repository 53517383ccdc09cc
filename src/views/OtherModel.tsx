import { createSignal, For, onMount, Show } from 'solid-js';
import { parseModelAddress } from '../state/meaning.ts';
import { laterTexts } from '../texts/later.ts';
import { useSheaf } from './context.ts';
import { ModelDownload } from './ModelDownload.tsx';
import { megabytes } from './quantities.ts';

/** Any model in the transformers.js layout: by address or from files; its size is shown first. */
export function OtherModel() {
  return (
    <>
      <h2>{laterTexts.model.other.heading}</h2>
      <p>{laterTexts.model.other.about}</p>
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
        aria-label={laterTexts.model.other.address}
        placeholder={laterTexts.model.other.placeholder}
        spellcheck={false}
        value={address()}
        onInput={(event) => setAddress(event.currentTarget.value)}
      />
      <p class="actions">
        <button type="submit" class="button" disabled={!address().trim() || busy()}>
          {models.step()?.phase === 'looking'
            ? laterTexts.model.other.looking
            : hostOf()
              ? laterTexts.model.other.ask(hostOf())
              : laterTexts.model.other.look}
        </button>
        <label class="button">
          {laterTexts.model.other.folder}
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
          {laterTexts.model.other.ofSite}
        </button>
      </p>
    </form>
  );
}

/** What was found, how far its download is, and what went wrong. */
function Offer() {
  const { models } = useSheaf();
  const size = (bytes: number) => (bytes > 0 ? megabytes(bytes) : laterTexts.model.other.sizeNotStated);
  return (
    <>
      <div role="status">
        <Show when={models.offer()}>
          {(found) => (
            <>
              <p>
                <strong>{found().contract.name}</strong>
                {laterTexts.model.other.found(size(found().bytes), found().host, found().contract.dimensions)}
              </p>
              <Show when={!models.step()}>
                <p class="actions">
                  <button type="button" class="button main" onClick={() => void models.use()}>
                    {laterTexts.model.other.use}
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

/** Models that were used before: their files and vectors take room until they are removed. */
function Kept() {
  const { models } = useSheaf();
  onMount(() => void models.listKept().catch(() => undefined));
  return (
    <Show when={models.kept().length > 0}>
      <h2>{laterTexts.model.other.kept}</h2>
      <ul class="kept-models">
        <For each={models.kept()}>
          {(model) => (
            <li>
              {`${model.name}, ${megabytes(model.bytes)} `}
              <button
                type="button"
                class="link"
                aria-label={laterTexts.model.other.removeName(model.name)}
                onClick={() => void models.remove(model.id)}
              >
                {laterTexts.model.other.remove}
              </button>
            </li>
          )}
        </For>
      </ul>
    </Show>
  );
}
