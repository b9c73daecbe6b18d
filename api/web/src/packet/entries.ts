/** Everything that was read of a paper as one flat list, with the path by which the service takes a correction. */
import type { Box, FieldValue, PaperDocument } from "../api/report";
import type { Words } from "../app/language";

export interface Entry {
  path: string;
  /** What it is called: a field's name, or a line and a column. */
  words: string[];
  value: string;
  raw: string;
  confidence: number | null;
  method: string;
  page: number;
  box: Box;
  correctable: boolean;
}

/** What an entry is called on the screen. */
export const labelOf = (words: string[], orRaw: Words["orRaw"]) =>
  words.map((w) => orRaw(`field.${w}`, orRaw(`column.${w}`, w))).join(" · ");

/** The same of a path by which the service names what was read: "field", "line/column" or "rows/<from 0>/column". */
export function labelOfPath(path: string, orRaw: Words["orRaw"]): string {
  const row = /^rows\/(\d+)\/(.+)$/.exec(path);
  const at = path.lastIndexOf("/"); // a line's own name may hold the sign
  return labelOf(
    row
      ? [String(Number(row[1]) + 1), row[2]]
      : at < 0
        ? [path]
        : [path.slice(0, at), path.slice(at + 1)],
    orRaw,
  );
}

export const ROW_COLUMNS = [
  "date",
  "description",
  "debit",
  "credit",
  "balance",
  "counterparty_name",
] as const;

export function entriesOf(paper: PaperDocument): Entry[] {
  return [...valuesOf(paper), ...rows(paper)];
}

/** The same without the rows of a table. */
export const valuesOf = (paper: PaperDocument): Entry[] => [...fields(paper), ...lines(paper)];

function fields(paper: PaperDocument): Entry[] {
  return Object.entries(paper.fields).flatMap(([name, field]) =>
    Array.isArray(field) ? [] : [entry(name, [name], field)],
  );
}

function entry(path: string, words: string[], field: FieldValue): Entry {
  const { value, raw, confidence, method, page, box } = field;
  return { path, words, value, raw, confidence, method, page, box, correctable: true };
}

function lines(paper: PaperDocument): Entry[] {
  return Object.entries(paper.lines).flatMap(([line, columns]) =>
    Object.entries(columns).flatMap(([column, value]) => {
      const cell = paper.cells[line]?.[column];
      return cell ? [entry(`${line}/${column}`, [line, column], { ...cell, value })] : [];
    }),
  );
}

function rows(paper: PaperDocument): Entry[] {
  return paper.rows.flatMap((row, n) =>
    ROW_COLUMNS.flatMap((column) => {
      const value = row[column];
      if (!value || value === "0.00") return [];
      const at = {
        value,
        raw: "",
        confidence: null,
        method: "table",
        page: row.page,
        box: row.box,
      };
      return [
        { ...at, path: `rows/${n}/${column}`, words: [String(n + 1), column], correctable: true },
      ];
    }),
  );
}
