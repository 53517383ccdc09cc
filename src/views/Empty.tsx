import { Match, Switch } from 'solid-js';
import { texts } from '../texts/texts.ts';
import { useFirst } from './context.ts';
import { onDemand } from './onDemand.ts';

const EmptyPlace = onDemand('EmptyPlace');

/** What stands where no paper does. That the list did not come is told without more code, which might not come either. */
export function Empty() {
  const { library } = useFirst();
  return (
    <Switch fallback={<EmptyPlace />}>
      <Match when={library.phase() === 'loading'}>
        <div class="empty" aria-hidden="true">
          <p>{texts.list.empty.loading}</p>
        </div>
      </Match>
      <Match when={library.phase() === 'failed'}>
        <div class="empty" role="alert">
          <h2>{texts.list.empty.failed.title}</h2>
          <p>{library.problem()}</p>
          <button type="button" class="button" onClick={() => void library.load()}>
            {texts.list.empty.failed.again}
          </button>
        </div>
      </Match>
    </Switch>
  );
}
