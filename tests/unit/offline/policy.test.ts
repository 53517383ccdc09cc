import { describe, expect, it } from 'vitest';
import { headersFor, PAGE_POLICY } from '../../../src/offline/policy.ts';
import { isHashed, whenToCache } from '../../../src/offline/precache.ts';

const policyOf = (path: string) =>
  new Map(
    (headersFor(path)['Content-Security-Policy'] ?? '').split('; ').map((directive) => {
      const [name = '', ...sources] = directive.split(' ');
      return [name, sources.join(' ')];
    }),
  );

describe('headers', () => {
  it('isolate pages and scripts, and nothing else', () => {
    for (const path of [
      '',
      '/',
      'index.html',
      'assets/model.worker-B2.js',
      'assets/ort-wasm-simd-threaded-x.mjs',
    ]) {
      expect(headersFor(path)).toMatchObject({
        'Cross-Origin-Opener-Policy': 'same-origin',
        'Cross-Origin-Embedder-Policy': 'require-corp',
      });
    }
    expect(headersFor('papers.json')).not.toHaveProperty('Cross-Origin-Embedder-Policy');
    expect(headersFor('papers.json')).not.toHaveProperty('Content-Security-Policy');
  });

  it('let a page ask its own site and one host, and three workers also a host that the reader names', () => {
    expect(policyOf('index.html').get('connect-src')).toBe("'self' https://huggingface.co");
    expect(policyOf('index.html').get('frame-ancestors')).toBe("'none'");
    expect(policyOf('assets/a.js').get('connect-src')).toBe("'self'");
    expect(policyOf('assets/model.worker-B2x.js').get('connect-src')).toContain('https:');
    expect(policyOf('assets/list.worker-B2x.js').get('connect-src')).toContain('https:');
    expect(policyOf('assets/corpus.worker-B2x.js').get('connect-src')).toContain('https:');
    expect(policyOf('assets/ranking.worker-B2x.js').get('connect-src')).toBe("'self'");
  });

  it('allow nothing that is evaluated or written into the page', () => {
    for (const path of ['', 'assets/a.js']) {
      expect(policyOf(path).get('default-src')).toBe("'none'");
      expect(policyOf(path).get('script-src')).toBe("'self' 'wasm-unsafe-eval'");
      expect(headersFor(path)['Content-Security-Policy']).not.toContain('unsafe-inline');
    }
  });

  it('let no text become HTML or the address of a script but by the policies that are named', () => {
    for (const [path, policies] of [
      ['', 'sheaf-templates default'],
      ['assets/model.worker-B2x.js', 'default'],
      ['assets/list.worker-B2x.js', 'default'],
      ['assets/ranking.worker-B2x.js', "'none'"],
      ['sw.js', "'none'"],
    ] as const) {
      expect(policyOf(path).get('require-trusted-types-for')).toBe("'script'");
      expect(policyOf(path).get('trusted-types'), path).toBe(policies);
    }
  });

  it('name nothing in the page that a meta tag cannot do', () => {
    expect(PAGE_POLICY).not.toMatch(/frame-ancestors|sandbox|report-/);
  });
});

describe('what the service worker keeps', () => {
  it.each([
    ['index.html', 'at once'],
    ['papers.json', 'at once'],
    ['assets/index-DxY_1a.js', 'at once'],
    ['assets/ort-wasm-simd-threaded-B1_x2.mjs', 'at once'],
    ['assets/ort-wasm-simd-threaded-B1_x2.wasm', 'at once'],
    ['assets/ort-wasm-simd-threaded.jspi-B1_x2.wasm', 'later'],
    ['assets/ort-wasm-simd-threaded.asyncify-B1_x2.mjs', 'later'],
    ['assets/ort.jspi.min-BRCu08l6.js', 'later'],
    ['assets/ort.wasm.min-C-8u33Sh.js', 'at once'],
    ['assets/inter-latin-wght-normal-C3.woff2', 'at once'],
    ['assets/source-serif-4-latin-opsz-normal-C3.woff2', 'at once'],
    ['assets/inter-latin-ext-wght-normal-C3.woff2', 'later'],
    ['assets/inter-greek-wght-normal-C3.woff2', 'later'],
    ['models/sheaf-tokens-2/onnx/model.onnx', 'never'],
    ['models/sheaf-tokens-2/sheaf.json', 'at once'],
    ['screenshots/wide.png', 'never'],
    ['sw.js', 'never'],
    ['.nojekyll', 'never'],
    ['feeds/topics/3dgs.atom', 'never'],
    ['vectors/sheaf-tokens-2.bin', 'never'],
    ['papers.json', 'at once'],
  ])('%s %s', (path, when) => {
    expect(whenToCache(path)).toBe(when);
  });

  it('takes only names with a hash for a promise of their content', () => {
    expect(isHashed('assets/index-DxY_1a.js')).toBe(true);
    expect(isHashed('papers.json')).toBe(false);
  });
});
