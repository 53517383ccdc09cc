import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseAddress } from '../../../src/state/address.ts';

const PUBLIC = fileURLToPath(new URL('../../../public/', import.meta.url));

interface Image {
  readonly src: string;
  readonly type: string;
  readonly sizes: string;
  readonly purpose?: string;
}

const manifest = JSON.parse(readFileSync(join(PUBLIC, 'manifest.webmanifest'), 'utf8')) as {
  readonly [member: string]: unknown;
  readonly icons: readonly Image[];
  readonly screenshots: readonly (Image & { label: string })[];
  readonly shortcuts: readonly { name: string; url: string; icons: readonly Image[] }[];
};

/** From the header of a PNG. */
function sizeOf(path: string): string {
  const bytes = readFileSync(join(PUBLIC, path));
  expect(bytes.toString('latin1', 1, 4)).toBe('PNG');
  return `${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`;
}

describe('the manifest', () => {
  it('says what an installed Sheaf is called and where it begins, from any sub-path', () => {
    expect(manifest).toMatchObject({ id: 'sheaf', name: 'Sheaf', start_url: './', scope: './' });
    expect(manifest.display).toBe('standalone');
    for (const color of ['theme_color', 'background_color'])
      expect(manifest[color]).toMatch(/^#[0-9a-f]{6}$/);
  });

  it('names pictures that are there, of the size that it says', () => {
    const images = [
      ...manifest.icons,
      ...manifest.screenshots,
      ...manifest.shortcuts.flatMap((to) => to.icons),
    ];
    for (const { src, type, sizes } of images) {
      if (type === 'image/svg+xml') expect(readFileSync(join(PUBLIC, src), 'utf8')).toContain('<svg');
      else expect([src, sizeOf(src)]).toEqual([src, sizes]);
    }
    expect(manifest.icons.map(({ sizes }) => sizes)).toEqual(expect.arrayContaining(['192x192', '512x512']));
    expect(manifest.icons.filter(({ purpose }) => purpose === 'maskable')).toHaveLength(1);
    for (const { label } of manifest.screenshots) expect(label).toMatch(/^\p{Lu}.{10,}/u);
  });

  it('has shortcuts that lead to what they are called', () => {
    const led = manifest.shortcuts.map(({ name, url }) => {
      expect(url).toMatch(/^\.\/#\//);
      const { place, page, query } = parseAddress(new URL(url, 'https://example.org/').hash);
      expect(query).toBe('');
      return [name, page ?? place.kind];
    });
    expect(led).toEqual([
      ['Search', 'all'],
      ['Starred', 'starred'],
      ['Unread', 'unread'],
      ['Add papers', 'add'],
    ]);
  });
});
