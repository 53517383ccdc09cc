/** No DOI is as long; what is costs time to look through. */
const LONGEST_DOI = 300;

/**
 * A DOI in lower case and without an address, of a DOI or its address; undefined for anything else, and for
 * those that only say an arXiv id.
 */
export function parseDoi(text: string): string | undefined {
  if (text.length > LONGEST_DOI) return undefined;
  const bare = text.trim().replace(/^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:\s*)/i, '');
  const doi = /^10\.\d{4,9}\/[^\s"<>\p{Surrogate}]+$/u.exec(bare)?.[0].toLowerCase();
  return doi?.startsWith('10.48550/') ? undefined : doi;
}

/** A web address in its normal form, or undefined for anything that is not plain http or https. */
export function httpUrl(text: string): string | undefined {
  if (!/^https?:\/\//i.test(text.trim())) return undefined;
  try {
    const url = new URL(text.trim());
    // A name before the host ("https://arxiv.org@evil.example") only serves to deceive.
    return url.username === '' && url.password === '' ? url.href : undefined;
  } catch {
    return undefined;
  }
}
