/** What a page is watched for: anything that a text of somebody's could have started in it. */
import type { BrowserContext } from 'playwright-core';

export interface Traps {
  /** What ran, was added, led somewhere or asked somebody, as it happened. */
  readonly caught: string[];
  /** Forgets what was caught, and gives it. */
  take(): string[];
}

/**
 * Sets traps in every page of a context from now on: before any script of the page.
 * @param home where requests and pages may go.
 */
export async function setTraps(context: BrowserContext, home: () => string): Promise<Traps> {
  const caught: string[] = [];
  await context.exposeBinding('__caught', (_, what: string) => void caught.push(what));
  await context.addInitScript(watch);
  const isHome = (url: string) =>
    url.startsWith(home()) || /^(?:about:blank|blob:|data:image\/svg)/.test(url);
  context.on('request', (request) => {
    if (!isHome(request.url())) caught.push(`asked ${request.url()}`);
  });
  context.on('page', (page) => {
    page.on('framenavigated', (frame) => {
      if (!isHome(frame.url())) caught.push(`went to ${frame.url()}`);
    });
    page.on('popup', () => caught.push('opened a window'));
    page.on('dialog', (dialog) => {
      caught.push(`asked by a dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
  });
  return { caught, take: () => caught.splice(0) };
}

/** In the page. Nothing outside of it can be named here. */
function watch(): void {
  const page = globalThis as typeof globalThis & { __ran: () => void; __caught: (what: string) => void };
  page.__ran = () => page.__caught('a script ran');
  document.addEventListener('securitypolicyviolation', (event) =>
    page.__caught(`violation of ${event.effectiveDirective} by ${event.blockedURI}`),
  );
  const LEADS = ['href', 'src', 'xlink:href', 'action', 'formaction', 'data', 'poster', 'srcset'];
  const isOwn = (address: string) => {
    try {
      return new URL(address, location.href).origin === location.origin;
    } catch {
      return false;
    }
  };
  const look = (element: Element) => {
    const name = element.localName;
    const source = element.getAttribute('src') ?? element.getAttribute('href') ?? '';
    // The site adds scripts and styles of its own when a part of it is wanted.
    const fetches = name === 'script' || element instanceof HTMLLinkElement;
    if (fetches && !isOwn(source)) page.__caught(`<${name}> ${source}`);
    if (name === 'script' && !element.hasAttribute('src')) page.__caught('<script> of its own words');
    if (['iframe', 'object', 'embed', 'base', 'frame', 'applet', 'style'].includes(name))
      page.__caught(`<${name}>`);
    if (name === 'meta' && element.getAttribute('http-equiv') === 'refresh')
      page.__caught('<meta> that leads away');
    if (name === 'img' && !isOwn(source)) page.__caught(`<img> ${source}`);
    for (const { name: attribute, value } of element.attributes) {
      if (attribute.startsWith('on')) page.__caught(`${attribute} on <${name}>`);
      if (attribute === 'srcdoc' || /url\(|expression/i.test(attribute === 'style' ? value : ''))
        page.__caught(`${attribute} on <${name}>`);
      // Browsers pass over what is no letter before and in it.
      const scheme = value.replace(/[^\x21-\uffff]/g, '').toLowerCase();
      if (LEADS.includes(attribute) && /^(?:javascript|vbscript|data:text)/.test(scheme))
        page.__caught(`${attribute}=${value} on <${name}>`);
    }
  };
  new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      if (type === 'attributes') look(target as Element);
      for (const node of addedNodes) {
        if (!(node instanceof Element)) continue;
        look(node);
        for (const inner of node.querySelectorAll('*')) look(inner);
      }
    }
  }).observe(document, { childList: true, subtree: true, attributes: true });
}
