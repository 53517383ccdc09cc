import { render } from 'solid-js/web';
import { createSheaf } from './state/sheaf.ts';
import { App } from './views/App.tsx';
import './views/fonts.css';
import './views/base.css';
import './views/layout.css';
import './views/list.css';
import './views/filters.css';
import './views/paper.css';
import './views/marks.css';
import './views/pages.css';
import './views/export.css';
import { SheafContext } from './views/context.ts';

render(() => {
  const sheaf = createSheaf(document.baseURI);
  return (
    <SheafContext.Provider value={sheaf}>
      <App />
    </SheafContext.Provider>
  );
}, document.getElementById('root') as HTMLElement);
