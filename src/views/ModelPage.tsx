import { createSignal, For, Show } from 'solid-js';
import type { DeviceChoice } from '../state/meaning.ts';
import { sentenceOf } from '../state/notices.ts';
import { count } from '../texts/texts.ts';
import { BetterModel } from './BetterModel.tsx';
import { useSheaf } from './context.ts';
import { OtherModel } from './OtherModel.tsx';
import { PageFrame } from './PageFrame.tsx';
import { megabytes } from './quantities.ts';

const CHOICES: readonly { value: DeviceChoice; name: string; what: string }[] = [
  { value: 'auto', name: 'Measured', what: 'whatever is quickest here and gives the right vectors' },
  { value: 'wasm', name: 'Processor', what: 'WebAssembly, works everywhere' },
  {
    value: 'webgpu',
    name: 'Graphics card',
    what: 'WebGPU, if this browser has it and its vectors are right',
  },
];

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
            <dd data-embedded={meaning.embedded()}>{count(meaning.embedded(), 'text')}</dd>
            <Show when={model().licence}>
              <dt>Licence</dt>
              <dd>{model().licence}</dd>
            </Show>
          </dl>
        )}
      </Show>
      <Show when={meaning.ofSite()}>
        <SiteModels />
      </Show>
      <DeviceChoices />
      <OtherModel />
    </PageFrame>
  );
}

/** Whether the better of the site's two models is to come. */
function SiteModels() {
  const { meaning, notices } = useSheaf();
  const choose = (wanted: boolean) =>
    meaning.setClimbs(wanted).catch((error) => notices.warn(sentenceOf(error)));
  const choices = [
    { wanted: true, name: 'The better one', what: 'the quick one answers until it has read every paper' },
    { wanted: false, name: 'The quick one only', what: 'spares the connection and the battery' },
  ];
  return (
    <>
      <h2>The site’s own models</h2>
      <fieldset class="choices">
        <legend class="visually-hidden">The site’s own models</legend>
        <For each={choices}>
          {({ wanted, name, what }) => (
            <label>
              <input
                type="radio"
                name="site-model"
                checked={meaning.climbs() === wanted}
                onChange={() => void choose(wanted)}
              />
              <span>
                {name}
                <span class="quiet">{` – ${what}`}</span>
              </span>
            </label>
          )}
        </For>
      </fieldset>
      <BetterModel />
    </>
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
