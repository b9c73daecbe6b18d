import { describe, expect, it } from "vitest";
import type { PaperDocument } from "../api/report";
import { aligned, differencesOf } from "./compare";
import { shownAfter, stateOf, type Shown } from "./shown";

const box = [0, 0, 1, 1];
const row = (date: string, credit: string) => ({
  date,
  credit,
  description: "",
  debit: "",
  balance: null,
  counterparty_name: "",
  page: 2,
  box,
});
const paper = (type: string, fields: Record<string, string>, rows: ReturnType<typeof row>[] = []) =>
  ({
    type,
    lines: {},
    cells: {},
    rows,
    fields: Object.fromEntries(
      Object.entries(fields).map(([k, value]) => [
        k,
        { value, raw: value, confidence: 1, method: "text", page: 1, box },
      ]),
    ),
  }) as unknown as PaperDocument;

describe("two papers side by side", () => {
  it("differ in what both say, and of one kind also in what one says alone", () => {
    const [slip, other] = [
      paper("bank_slip", { amount: "1", bank: "a", date: "d" }),
      paper("bank_slip", { amount: "2", bank: "a", purpose: "p" }),
    ];
    expect(
      differencesOf(slip, other).map((d) => [d.key, d.left, d.right, d.at.map(Boolean)]),
    ).toEqual([
      ["amount", "1", "2", [true, true]],
      ["date", "d", "", [true, false]],
      ["purpose", "", "p", [false, true]],
    ]);
    expect(
      differencesOf(slip, paper("invoice", { amount: "2", number: "n" })).map((d) => d.key),
    ).toEqual(["amount"]);
    expect(differencesOf(slip, slip)).toEqual([]);
  });
  it("align their rows before they are compared", () => {
    const [one, two] = [
      paper("bank_statement", {}, [row("1", "5"), row("2", "6"), row("3", "7")]),
      paper("bank_statement", {}, [row("0", "4"), row("1", "5"), row("2", "9"), row("3", "7")]),
    ];
    expect(differencesOf(one, two).map((d) => [d.words, d.left, d.right])).toEqual([
      [["1"], "", "0 4"],
      [["2", "credit"], "6", "9"],
    ]);
    expect(aligned(["a", "b", "c"], ["b", "x", "c"])).toEqual([
      [0, null],
      [null, 1],
    ]);
    expect(aligned([], ["a"])).toEqual([[null, 0]]);
  });
});

describe("an earlier state beside a paper", () => {
  const before = { kind: "file" as const, number: 1 };
  const shown: Shown = {
    panes: [
      { document: "d", page: 1 },
      { document: "d", page: 1, version: before },
    ],
    finding: null,
    tab: "findings",
  };
  const after = (document: string, page: number, pane = 0) =>
    shownAfter({} as never, shown, {
      kind: "place",
      pane,
      place: { document, page, ...(pane ? { version: before } : {}) },
    }).panes;
  it("turns its pages with the paper, and stays where another paper is opened", () => {
    expect(after("d", 2).map((p) => [p.page, p.version])).toEqual([
      [2, undefined],
      [2, before],
    ]);
    expect(after("d", 2, 1).map((p) => [p.page, p.version])).toEqual([
      [2, undefined],
      [2, before],
    ]);
    expect(after("e", 2)[1]).toBe(shown.panes[1]);
  });
  it("is asked of the service by the save or the report that it is of", () => {
    expect(
      [undefined, before, { kind: "report" as const, number: 1 }].map((version) =>
        stateOf({ document: "d", page: 1, version }, 3),
      ),
    ).toEqual([{ revision: 3 }, { revision: 3, file_revision: 1 }, { revision: 1 }]);
  });
});
