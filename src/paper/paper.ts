/** A paper as Sheaf keeps it. Plain data: it survives structuredClone and JSON. */
export interface Paper {
  /** Stable identity: `arxiv:2401.04925` where known when first seen, else `title:<titleKey>`. */
  readonly id: string;
  /** As the source wrote it, LaTeX and all. Never HTML. */
  readonly title: string;
  /** As the source wrote it; may be empty. */
  readonly abstract: string;
  /** ISO 8601, as exact as it is known: `2026-02-23`, `2026-02` or `2026`. */
  readonly date?: string;
  readonly authors?: readonly string[];
  /** Number of authors, where the source gives only that. */
  readonly authorCount?: number;
  /** Organisation that the source names in the place of authors. */
  readonly organization?: string;
  /** Comments on the page that listed it. */
  readonly comments?: number;
  readonly upvotes?: number;
  /** arXiv identifier without version, `2401.04925` or `math/0309136`. */
  readonly arxivId?: string;
  /** Other http(s) pages of the paper: code, project, source. */
  readonly links?: readonly PaperLink[];
  /** Day on which a list showed it, ISO 8601. */
  readonly listed?: string;
  /** arXiv categories, primary first: `cs.CV`. */
  readonly categories?: readonly string[];
}

export interface PaperLink {
  readonly label: string;
  /** Always http: or https:. */
  readonly url: string;
}
