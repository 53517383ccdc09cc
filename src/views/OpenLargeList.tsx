import { createSignal, Show } from 'solid-js';
import type { LargeListSession } from '../state/largeListSession.ts';
import { laterTexts } from '../texts/later.ts';
import { useSheaf } from './context.ts';

const said = laterTexts.large;

/** The way to a list by its address, and the question whether a large one may be asked at each search. */
export function OpenLargeList() {
  const { imports, largeList } = useSheaf();
  const [address, setAddress] = createSignal('');
  return (
    <section aria-labelledby="address-heading">
      <h2 id="address-heading">{said.open.title}</h2>
      <p class="quiet">{said.open.lead}</p>
      <form
        class="actions"
        onSubmit={(event) => {
          event.preventDefault();
          if (address().trim()) imports.name(address());
        }}
      >
        <label>
          <span class="visually-hidden">{said.open.label}</span>
          <input
            type="text"
            inputmode="url"
            placeholder={said.open.label}
            value={address()}
            onInput={(event) => setAddress(event.currentTarget.value)}
          />
        </label>
        <button type="submit" class="button" disabled={imports.busy() !== undefined}>
          {said.open.look}
        </button>
      </form>
      <Show when={largeList.session()}>{(session) => <OfferedList session={session()} />}</Show>
    </section>
  );
}

/** It is asked after a press somewhere else on the page, which is longer than a window. */
function showAtOnce(question: HTMLElement): void {
  queueMicrotask(() => {
    question.querySelector('h2')?.focus({ preventScroll: true });
    question.scrollIntoView({ block: 'nearest' });
  });
}

function OfferedList(props: { session: LargeListSession }) {
  const { notices } = useSheaf();
  const accept = () => void props.session.accept().catch((error) => notices.fail(error));
  return (
    <Show when={props.session.offered()}>
      {(list) => (
        <section class="offer" aria-labelledby="large-offer-heading" ref={showAtOnce}>
          <h2 id="large-offer-heading" tabindex="-1">
            {said.offer.title(list().title, list().papers)}
          </h2>
          <p>
            {said.offer.why} {said.offer.seen(list().host ?? location.host)}
          </p>
          <p class="actions">
            <button type="button" class="button main" onClick={accept}>
              {said.offer.accept(list().host)}
            </button>
            <button type="button" class="button" onClick={() => props.session.decline()}>
              {said.offer.decline}
            </button>
          </p>
        </section>
      )}
    </Show>
  );
}
