import { For } from 'solid-js';
import { laterTexts } from '../texts/later.ts';
import { Introduction } from './Introduction.tsx';
import { KeyTable } from './KeyTable.tsx';
import { PageFrame } from './PageFrame.tsx';
import { TextSizeControl } from './TextSizeControl.tsx';

/** What this is, what leaves the device (nothing), and the keys. */
export function AboutPage() {
  return (
    <PageFrame title={laterTexts.about.title}>
      <Introduction />
      <TextSizeControl />
      <h2>{laterTexts.about.keys}</h2>
      <KeyTable />
      <h2>{laterTexts.about.asking}</h2>
      <p>{laterTexts.about.filters}</p>
      <dl class="language">
        <Pairs of={laterTexts.about.language} />
      </dl>
      <p>{laterTexts.days.aboutTrending}</p>
    </PageFrame>
  );
}

function Pairs(props: { of: readonly (readonly [key: string, what: string])[] }) {
  return (
    <For each={props.of}>
      {([key, what]) => (
        <>
          <dt>
            <kbd>{key}</kbd>
          </dt>
          <dd>{what}</dd>
        </>
      )}
    </For>
  );
}
