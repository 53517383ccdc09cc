import { For } from 'solid-js';
import { texts } from '../texts/texts.ts';
import { Introduction } from './Introduction.tsx';
import { KeyTable } from './KeyTable.tsx';
import { PageFrame } from './PageFrame.tsx';
import { TextSizeControl } from './TextSizeControl.tsx';

/** What this is, what leaves the device (nothing), and the keys. */
export function AboutPage() {
  return (
    <PageFrame title={texts.about.title}>
      <Introduction />
      <TextSizeControl />
      <h2>{texts.about.keys}</h2>
      <KeyTable />
      <h2>{texts.about.asking}</h2>
      <p>{texts.about.filters}</p>
      <dl class="language">
        <Pairs of={texts.about.language} />
      </dl>
      <p>{texts.days.aboutTrending}</p>
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
