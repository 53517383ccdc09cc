import katex from 'katex';
import type { Formula } from '../paper/formulas.ts';

/** Macros that define each other without end stop here, far above what a formula of an abstract needs. */
const MOST_EXPANSIONS = 300;
/** Of a rule or a space, in ems: none may lie over the page. */
const LARGEST = 10;

/**
 * A formula as MathML, which browsers draw with fonts of their own and screen readers read. Nothing that it says
 * is a link, a class or an image (`trust`). Undefined where it wants one, or is no formula.
 */
export function setFormula({ source, display }: Formula): HTMLElement | undefined {
  const element = document.createElement('span');
  element.className = display ? 'formula display' : 'formula';
  element.dir = 'ltr';
  let refused = false;
  const refuse = () => {
    refused = true;
    return false;
  };
  try {
    katex.render(source, element, {
      output: 'mathml',
      displayMode: display,
      trust: refuse,
      strict: false,
      throwOnError: true,
      maxExpand: MOST_EXPANSIONS,
      maxSize: LARGEST,
      macros: {},
    });
    return refused ? undefined : element;
  } catch {
    return undefined;
  }
}
