/** What two papers, or two states of one, say differently; each with its places, so that both pages can show it. */
import type { Box, PaperDocument, Row } from "../api/report";
import { ROW_COLUMNS, valuesOf, type Entry } from "./entries";

export interface Spot {
  page: number;
  box: Box;
}

export interface Difference {
  key: string;
  /** What differs, as `labelOf` takes it; empty for words of a page that are no field. */
  words: string[];
  left: string;
  right: string;
  at: [Spot | null, Spot | null];
}

const MOST_CELLS = 4_000_000; // of the table by which rows are aligned

/** What both papers say and say differently; where they are of one kind, also what only one of them says. */
export function differencesOf(left: PaperDocument, right: PaperDocument): Difference[] {
  const whole = left.type === right.type;
  return [...values(left, right, whole), ...(whole ? rows(left, right) : [])];
}

function values(left: PaperDocument, right: PaperDocument, whole: boolean): Difference[] {
  const others = new Map(valuesOf(right).map((e) => [e.path, e]));
  const out: Difference[] = [];
  for (const one of valuesOf(left)) {
    const other = others.get(one.path);
    others.delete(one.path);
    if (other ? other.value !== one.value : whole) out.push(told(one.path, one.words, one, other));
  }
  if (whole)
    for (const other of others.values()) out.push(told(other.path, other.words, undefined, other));
  return out;
}

const spot = (e: Spot | undefined): Spot | null => (e ? { page: e.page, box: e.box } : null);
const told = (
  key: string,
  words: string[],
  left: Entry | undefined,
  right: Entry | undefined,
): Difference => ({
  key,
  words,
  left: left?.value ?? "",
  right: right?.value ?? "",
  at: [spot(left), spot(right)],
});

const cell = (row: Row, column: (typeof ROW_COLUMNS)[number]) => row[column] ?? "";
const signature = (row: Row) => ROW_COLUMNS.map((c) => cell(row, c)).join("\t");
const text = (row: Row) =>
  ROW_COLUMNS.map((c) => cell(row, c))
    .filter((v) => v && v !== "0.00")
    .join(" ");

/** Rows that do not stand in both: a row against the one in its place cell by cell, and whole where there is none. */
function rows(left: PaperDocument, right: PaperDocument): Difference[] {
  return aligned(left.rows.map(signature), right.rows.map(signature)).flatMap(([i, j]) => {
    const [one, other] = [
      i === null ? undefined : left.rows[i],
      j === null ? undefined : right.rows[j],
    ];
    const number = String((i ?? j ?? 0) + 1);
    const key = `rows/${i}/${j}`;
    const at: Difference["at"] = [spot(one), spot(other)];
    if (!one || !other)
      return [
        { key, words: [number], left: one ? text(one) : "", right: other ? text(other) : "", at },
      ];
    const differing = ROW_COLUMNS.filter((c) => cell(one, c) !== cell(other, c));
    return differing.map((c) => ({
      key: `${key}/${c}`,
      words: [number, c],
      left: cell(one, c),
      right: cell(other, c),
      at,
    }));
  });
}

/** Pairs of positions that differ: equal texts are passed over in the longest order that both have, the others between them are paired in turn. */
export function aligned(left: string[], right: string[]): [number | null, number | null][] {
  let start = 0;
  while (start < Math.min(left.length, right.length) && left[start] === right[start]) start++;
  let [i, j] = [left.length, right.length];
  while (i > start && j > start && left[i - 1] === right[j - 1]) [i, j] = [i - 1, j - 1];
  const anchors = common(left.slice(start, i), right.slice(start, j)).map(
    ([a, b]): [number, number] => [a + start, b + start],
  );
  const out: [number | null, number | null][] = [];
  let [a, b] = [start, start];
  for (const [x, y] of [...anchors, [i, j]]) {
    while (a < x || b < y) out.push([a < x ? a++ : null, b < y ? b++ : null]);
    [a, b] = [x + 1, y + 1];
  }
  return out;
}

/** The longest common subsequence as pairs of positions; none where the table would be too large. */
function common(left: string[], right: string[]): [number, number][] {
  const [n, m] = [left.length, right.length];
  if (n * m === 0 || n * m > MOST_CELLS) return [];
  const wide = m + 1;
  const best = new Uint32Array((n + 1) * wide);
  for (let i = n - 1; i >= 0; i--)
    for (let j = m - 1; j >= 0; j--)
      best[i * wide + j] =
        left[i] === right[j]
          ? best[(i + 1) * wide + j + 1] + 1
          : Math.max(best[(i + 1) * wide + j], best[i * wide + j + 1]);
  const out: [number, number][] = [];
  for (let i = 0, j = 0; i < n && j < m;) {
    if (left[i] === right[j]) out.push([i++, j++]);
    else if (best[(i + 1) * wide + j] >= best[i * wide + j + 1]) i++;
    else j++;
  }
  return out;
}
