/** Points of a plane looked up by where they lie: for a pointer, a loop drawn around some, a step by arrow key. */
export interface Plane {
  /** x and y of each point, [points, 2]. */
  readonly positions: Float32Array;
  /** The nearest point within `reach` of a place, undefined where there is none. */
  nearest(x: number, y: number, reach: number): number | undefined;
  /** Points inside a closed line of corners x, y, x, y …, by the even-odd rule; ascending. */
  inside(line: readonly number[]): number[];
  /** The nearest point in a direction (a unit step), by a cone of 45 degrees to each side. */
  towards(point: number, dx: number, dy: number): number | undefined;
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Points a cell: few to look at for the nearest, few cells to keep. */
const CELL_POINTS = 4;
/** Sideways counts so many times as much as forwards: what lies straight ahead comes first. */
const SIDEWAYS = 2.2;

/** The box around all points but the outermost share at each side, so that a stray one does not make all others small. */
export function boxOf(positions: Float32Array, strayShare = 0): Box {
  const count = positions.length / 2;
  if (count === 0) return { left: -1, top: -1, right: 1, bottom: 1 };
  const side = (axis: number) =>
    Float32Array.from({ length: count }, (_, i) => positions[i * 2 + axis] as number).sort();
  const [x, y] = [side(0), side(1)];
  const out = Math.floor(strayShare * count);
  const last = count - 1 - out;
  return {
    left: x[out] as number,
    top: y[out] as number,
    right: x[last] as number,
    bottom: y[last] as number,
  };
}

export function createPlane(positions: Float32Array): Plane {
  const count = positions.length / 2;
  const box = boxOf(positions);
  const side = Math.max(1, Math.floor(Math.sqrt(count / CELL_POINTS)));
  const width = Math.max(box.right - box.left, 1e-9) / side;
  const height = Math.max(box.bottom - box.top, 1e-9) / side;
  const column = (x: number) => Math.min(side - 1, Math.max(0, Math.floor((x - box.left) / width)));
  const line = (y: number) => Math.min(side - 1, Math.max(0, Math.floor((y - box.top) / height)));
  const { starts, members } = sortIntoCells(positions, side * side, (x, y) => line(y) * side + column(x));

  return {
    positions,
    nearest(x, y, reach) {
      let found: number | undefined;
      let best = reach * reach;
      for (let row = line(y - reach); row <= line(y + reach); row++) {
        for (let col = column(x - reach); col <= column(x + reach); col++) {
          const cell = row * side + col;
          for (let i = starts[cell] as number; i < (starts[cell + 1] as number); i++) {
            const point = members[i] as number;
            const square =
              ((positions[point * 2] as number) - x) ** 2 + ((positions[point * 2 + 1] as number) - y) ** 2;
            if (square > best) continue;
            best = square;
            found = point;
          }
        }
      }
      return found;
    },
    inside(corners) {
      const found: number[] = [];
      for (let point = 0; point < count; point++) {
        if (isInside(corners, positions[point * 2] as number, positions[point * 2 + 1] as number))
          found.push(point);
      }
      return found;
    },
    towards(point, dx, dy) {
      const [x, y] = [positions[point * 2] as number, positions[point * 2 + 1] as number];
      let found: number | undefined;
      let best = Number.POSITIVE_INFINITY;
      for (let other = 0; other < count; other++) {
        const [ax, ay] = [(positions[other * 2] as number) - x, (positions[other * 2 + 1] as number) - y];
        const ahead = ax * dx + ay * dy;
        const aside = Math.abs(ax * dy - ay * dx);
        if (ahead <= 0 || aside > ahead) continue;
        const away = ahead ** 2 + (SIDEWAYS * aside) ** 2;
        if (away >= best) continue;
        best = away;
        found = other;
      }
      return found;
    },
  };
}

/** Points by cell: those of cell c are `members` from `starts[c]` to `starts[c + 1]`. */
function sortIntoCells(positions: Float32Array, cells: number, cellOf: (x: number, y: number) => number) {
  const count = positions.length / 2;
  const own = Uint32Array.from({ length: count }, (_, i) =>
    cellOf(positions[i * 2] as number, positions[i * 2 + 1] as number),
  );
  const starts = new Uint32Array(cells + 1);
  for (const cell of own) starts[cell + 1] = (starts[cell + 1] as number) + 1;
  for (let cell = 0; cell < cells; cell++)
    starts[cell + 1] = (starts[cell + 1] as number) + (starts[cell] as number);
  const next = starts.slice();
  const members = new Uint32Array(count);
  own.forEach((cell, point) => {
    members[next[cell] as number] = point;
    next[cell] = (next[cell] as number) + 1;
  });
  return { starts, members };
}

function isInside(corners: readonly number[], x: number, y: number): boolean {
  let inside = false;
  const last = corners.length - 2;
  for (let i = 0, j = last; i <= last; j = i, i += 2) {
    const [ax, ay, bx, by] = [corners[i], corners[i + 1], corners[j], corners[j + 1]] as [
      number,
      number,
      number,
      number,
    ];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}
