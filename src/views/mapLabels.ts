/** A name that wants a place on the map. */
export interface Label {
  readonly lines: readonly string[];
  /** Where it belongs, pixels: its middle. */
  readonly x: number;
  readonly y: number;
  /** Width of the longest line and height of all, pixels. */
  readonly width: number;
  readonly height: number;
  readonly kind: 'region' | 'title';
}

export interface PlacedLabel extends Label {
  /** Its middle as it is drawn. */
  readonly left: number;
  readonly top: number;
}

/** A dot that names had better not cover, pixels. */
export interface Dot {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/** Space between names, pixels. */
const GAP = 6;
/** From a name to the edge, pixels. */
const EDGE = 8;
/** How far a name may stand from where it belongs, in its own heights, tried in this order. */
const STEPS_ASIDE = [0, -0.6, 0.6, -1.1, 1.1, -1.7, 1.7];
const LONGEST_LINE = 20;

/**
 * Gives each name a place where it lies over no other, the first come first; one that finds none, or would lie
 * over the edge, is left out. Of the places that a region's name could have, the first that covers the fewest dots; a
 * title that would cover one is left out.
 */
export function placeLabels(
  labels: readonly Label[],
  width: number,
  height: number,
  dots: readonly Dot[] = [],
): PlacedLabel[] {
  const placed: PlacedLabel[] = [];
  for (const label of labels) {
    // A name near the edge is moved in, unless what it names is out of sight.
    if (label.x < 0 || label.y < 0 || label.x > width || label.y > height) continue;
    const half = label.width / 2 + EDGE;
    if (half * 2 > width) continue;
    const left = Math.min(width - half, Math.max(half, label.x));
    const free = (label.kind === 'region' ? STEPS_ASIDE : [0])
      .map((step) => ({ ...label, left, top: label.y + step * label.height }))
      .filter(({ top }) => top - label.height / 2 >= 0 && top + label.height / 2 <= height)
      .filter((candidate) => !placed.some((other) => overlap(other, candidate)));
    const covered = free.map((candidate) => dots.filter((dot) => covers(candidate, dot)).length);
    const fewest = Math.min(...covered);
    const best = free[covered.indexOf(fewest)];
    if (best && (label.kind === 'region' || fewest === 0)) placed.push(best);
  }
  return placed;
}

function overlap(a: PlacedLabel, b: PlacedLabel): boolean {
  return (
    Math.abs(a.left - b.left) < (a.width + b.width) / 2 + GAP &&
    Math.abs(a.top - b.top) < (a.height + b.height) / 2 + GAP / 2
  );
}

const covers = (label: PlacedLabel, { x, y, radius }: Dot): boolean =>
  Math.abs(x - label.left) < label.width / 2 + radius && Math.abs(y - label.top) < label.height / 2 + radius;

/** A name in at most two lines of about equal length. */
export function linesOf(name: string): string[] {
  if (name.length <= LONGEST_LINE) return [name];
  const middle = name.length / 2;
  const spaces = [...name.matchAll(/\s/g)].map(({ index }) => index);
  const cut = spaces.reduce<number | undefined>(
    (best, at) => (best === undefined || Math.abs(at - middle) < Math.abs(best - middle) ? at : best),
    undefined,
  );
  return cut === undefined ? [name] : [name.slice(0, cut), name.slice(cut + 1)];
}
