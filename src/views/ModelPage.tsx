import { createSignal, For, Show } from 'solid-js';
import type { DeviceChoice } from '../state/meaning.ts';
import { texts } from '../texts/texts.ts';
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
    <PageFrame title={texts.model.title}>
      <p class="lead">{texts.model.lead}</p>
      <Show when={contract()} fallback={<p>{texts.model.none}</p>}>
        {(model) => (
          <dl>
            <dt>{texts.model.inUse}</dt>
            <dd>{model().name}</dd>
            <dt>{texts.model.size}</dt>
            <dd>{megabytes(bytes())}</dd>
            <dt>{texts.model.vectors}</dt>
            <dd>{texts.model.dimensions(model().dimensions, model().maximumTokens)}</dd>
            <dt>{texts.model.runsOn}</dt>
            <dd data-device={meaning.device()?.kind}>
              {meaning.device()?.kind === 'webgpu'
                ? texts.model.onCard
                : model().lookup
                  ? texts.model.onProcessorAlone
                  : texts.model.onProcessor(meaning.device()?.threads ?? 1)}
            </dd>
            <dt>{texts.model.because}</dt>
            <dd>{meaning.device()?.reason}</dd>
            <For each={refused()}>
              {({ kind, reason }) => (
                <>
                  <dt>{texts.model.refused}</dt>
                  <dd>{texts.model.refusal(texts.model.devices[kind].name, reason)}</dd>
                </>
              )}
            </For>
            <dt>{texts.model.embedded}</dt>
            <dd data-embedded={meaning.embedded()}>{texts.model.embeddedTexts(meaning.embedded())}</dd>
            <Show when={model().licence}>
              <dt>{texts.model.licence}</dt>
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
    { wanted: true, ...texts.model.better },
    { wanted: false, ...texts.model.quick },
  ];
  return (
    <>
      <h2>{texts.model.ofSite}</h2>
      <fieldset class="choices">
        <legend class="visually-hidden">{texts.model.ofSite}</legend>
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
      <h2>{texts.model.where}</h2>
      <fieldset class="choices" aria-busy={busy()}>
        <legend class="visually-hidden">{texts.model.where}</legend>
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
                {texts.model.devices[choice].name}
                <span class="quiet">{` – ${texts.model.devices[choice].what}`}</span>
              </span>
            </label>
          )}
        </For>
      </fieldset>
    </>
  );
}
