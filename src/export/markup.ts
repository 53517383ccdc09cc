const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/**
 * Text for XML and HTML, between tags or in an attribute with double quotes. Without what no XML may have, not even
 * escaped: control characters, halves of pairs and non-characters.
 */
export function escapeMarkup(text: string): string {
  return wholePairs(text)
    .replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replace(/[&<>"]/g, (sign) => ENTITIES[sign] as string);
}

/**
 * Half a pair of surrogates is no character, and no UTF-8, and `encodeURIComponent` throws at it: the sign for what
 * is lost stands in its place.
 */
export function wholePairs(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}
