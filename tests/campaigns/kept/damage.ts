/** Damage to the files of a browser's database, as failing disks and careful cleaners do it. */
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const DAMAGES = [
  'flip',
  'truncate',
  'delete',
  'garbage',
  'empty',
  'large rows',
  'whole folder',
] as const;
export type Damage = (typeof DAMAGES)[number];

/** What of a profile holds a site's data; the rest is made anew by each browser. */
const DATA = ['IndexedDB', 'File System', 'Local Storage', 'WebStorage'];

/** A profile with a copy of another one's data. */
export function copyData(from: string, to: string): void {
  for (const name of DATA) {
    const source = join(from, 'Default', name);
    if (existsSync(source)) cpSync(source, join(to, 'Default', name), { recursive: true });
  }
  // In which of them the origin's data lies is in no file but these.
  for (const name of ['Preferences', 'Secure Preferences']) {
    const source = join(from, 'Default', name);
    if (existsSync(source)) cpSync(source, join(to, 'Default', name));
  }
}

/** Damages one file of the database, or takes its folder away. Says what it did. */
export function damage(profile: string, kind: Damage, random: () => number): string {
  const root = join(profile, 'Default', 'IndexedDB');
  const folder = readdirSync(root).find((name) => name.endsWith('.leveldb'));
  if (!folder) throw new Error(`no database in ${root}`);
  const database = join(root, folder);
  if (kind === 'large rows') {
    // Rows over 64 KB lie in files of their own.
    rmSync(join(root, folder.replace(/leveldb$/, 'blob')), { recursive: true });
    return kind;
  }
  if (kind === 'whole folder') {
    rmSync(database, { recursive: true });
    return kind;
  }
  const files = readdirSync(database).filter((name) => /\.(ldb|log)$|^MANIFEST|^CURRENT$/.test(name));
  const file = files[Math.floor(random() * files.length)] as string;
  const path = join(database, file);
  const bytes = readFileSync(path);
  const at = Math.floor(random() * bytes.length);
  if (kind === 'delete') rmSync(path);
  else if (kind === 'truncate') truncateSync(path, at);
  else if (kind === 'empty') truncateSync(path, 0);
  else {
    const length = kind === 'flip' ? 1 + Math.floor(random() * 8) : Math.max(1, bytes.length - at);
    for (let n = 0; n < length; n++) {
      const place = kind === 'flip' ? Math.floor(random() * bytes.length) : at + n;
      if (place < bytes.length) bytes[place] = (bytes[place] as number) ^ (1 + Math.floor(random() * 255));
    }
    writeFileSync(path, bytes);
  }
  return `${kind} ${file} (${bytes.length} bytes, at ${at})`;
}
