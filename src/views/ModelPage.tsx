import { createSignal, For, Show } from 'solid-js';
import type { DeviceChoice } from '../state/meaning.ts';
import { laterTexts } from '../texts/later.ts';
import { BetterModel } from './BetterModel.tsx';
import { useSheaf } from './context.ts';
import { OtherModel } from './OtherModel.tsx';
import { PageFrame } from './PageFrame.tsx';
import { megabytes } from './quantities.ts';

const CHOICES: readonly DeviceChoice[] = ['auto', 'wasm', 'webgpu'];

/** Which model reads the papers, on what, and how to choose another. */
export function ModelPage() {
  const { meaning } = useSheaf();
  const contract = () => meaning.contract();
  /** Refusals that the reason for the choice has not told already. */
  const refused = () =>
    (meaning.device()?.refused ?? []).filter(({ reason }) => !meaning.device()?.reason.includes(reason));
  const bytes = () => contract()?.files.reduce((sum, file) => sum + file.bytes, 0) ?? 0;
  return (
    <PageFrame title={laterTexts.model.title}>
      <p class="lead">{laterTexts.model.lead}</p>
      <Show when={contract()} fallback={<p>{laterTexts.model.none}</p>}>
        {(model) => (
          <dl>
            <dt>{laterTexts.model.inUse}</dt>
            <dd>{model().name}</dd>
            <dt>{laterTexts.model.size}</dt>
            <dd>{megabytes(bytes())}</dd>
            <dt>{laterTexts.model.vectors}</dt>
            <dd>{laterTexts.model.dimensions(model().dimensions, model().maximumTokens)}</dd>
            <dt>{laterTexts.model.runsOn}</dt>
            <dd data-device={meaning.device()?.kind}>
              {meaning.device()?.kind === 'webgpu'
                ? laterTexts.model.onCard
                : model().lookup
                  ? laterTexts.model.onProcessorAlone
                  : laterTexts.model.onProcessor(meaning.device()?.threads ?? 1)}
            </dd>
            <dt>{laterTexts.model.because}</dt>
            <dd>{meaning.device()?.reason}</dd>
            <For each={refused()}>
              {({ kind, reason }) => (
                <>
                  <dt>{laterTexts.model.refused}</dt>
                  <dd>{laterTexts.model.refusal(laterTexts.model.devices[kind].name, reason)}</dd>
                </>
              )}
            </For>
            <dt>{laterTexts.model.embedded}</dt>
            <dd data-embedded={meaning.embedded()}>{laterTexts.model.embeddedTexts(meaning.embedded())}</dd>
            <Show when={model().licence}>
              <dt>{laterTexts.model.licence}</dt>
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
  const choose = (wanted: boolean) => meaning.setClimbs(wanted).catch((error) => notices.fail(error));
  const choices = [
    { wanted: true, ...laterTexts.model.better },
    { wanted: false, ...laterTexts.model.quick },
  ];
  return (
    <>
      <h2>{laterTexts.model.ofSite}</h2>
      <fieldset class="choices">
        <legend class="visually-hidden">{laterTexts.model.ofSite}</legend>
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
      notices.fail(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <h2>{laterTexts.model.where}</h2>
      <fieldset class="choices" aria-busy={busy()}>
        <legend class="visually-hidden">{laterTexts.model.where}</legend>
        <For each={CHOICES}>
          {(choice) => (
            <label>
              <input
                type="radio"
                name="device"
                checked={meaning.deviceChoice() === choice}
                onChange={() => void choose(choice)}
              />
              <span>
                {laterTexts.model.devices[choice].name}
                <span class="quiet">{` – ${laterTexts.model.devices[choice].what}`}</span>
              </span>
            </label>
          )}
        </For>
      </fieldset>
    </>
  );
}
