import { describe, expect, it } from "vitest";
import { age, money, size } from "../app/figures";
import { blocksOf } from "../administration/Prose";
import { changedFrom, figuresOf } from "../administration/policy";
import type { Contribution, Finding, Report } from "../api/report";
import { labelOfPath } from "./entries";
import { firstShown, grouped, placeIn, shownAfter } from "./shown";
import { marksOn } from "./viewer/Boxes";
import { barsOf } from "./Waterfall";

const say = { zh: "", en: "" };
const finding = (fingerprint: string, group: string, severity: Finding["severity"]) =>
  ({
    fingerprint,
    group,
    severity,
    rule: "R",
    message: say,
    evidence: [{ document: "d", page: 2, box: [0, 0, 1, 1] }],
    against: [],
  }) as unknown as Finding;
const report = {
  documents: [{ id: "d", pages: [1, 2] }],
  findings: [finding("a", "g", "low"), finding("b", "h", "high"), finding("c", "g", "medium")],
} as unknown as Report;

describe("the packet screen", () => {
  it("groups findings by cause, the gravest first", () => {
    expect(grouped(report.findings).map(([g, f]) => [g, f.map((x) => x.fingerprint)])).toEqual([
      ["h", ["b"]],
      ["g", ["c", "a"]],
    ]);
  });
  it("opens the first finding's place, or the one in the address", () => {
    expect(firstShown(report, null).panes[0]).toMatchObject({ document: "d", page: 2 });
    const asked = placeIn(report, new URLSearchParams("document=d&page=1&box=0,0,0.5,0.5"));
    expect(asked).toEqual({ document: "d", page: 1, box: [0, 0, 0.5, 0.5] });
    expect(placeIn(report, new URLSearchParams("document=x"))).toBeNull();
    expect(placeIn(report, new URLSearchParams("document=d&page=9&box=0,0,9,9"))).toEqual({
      document: "d",
      page: 1,
    });
  });
  it("keeps the second pane while findings are walked through", () => {
    const two = shownAfter(report, firstShown(report, null), {
      kind: "side",
      place: { document: "d", page: 1 },
    });
    expect(
      shownAfter(report, two, { kind: "finding", finding: report.findings[0] }).panes,
    ).toHaveLength(2);
    expect(shownAfter(report, two, { kind: "side", place: null }).panes).toHaveLength(1);
  });
  it("lays the bars of the waterfall end to end", () => {
    const parts = [2, 37.6, -5.1].map((points) => ({ points }) as Contribution);
    expect(barsOf(parts).map((b) => [b.from, b.to])).toEqual([
      [0, 2],
      [2, 39.6],
      [39.6, 34.5],
    ]);
  });
});

describe("marks on a page", () => {
  it("join the findings of one place", () => {
    const marks = marksOn(report.findings, { document: "d", page: 2 });
    expect(marks.map((m) => m.map((x) => x.finding.fingerprint))).toEqual([["a", "b", "c"]]);
    expect(marksOn(report.findings, { document: "d", page: 1 })).toEqual([]);
  });
});

describe("figures", () => {
  it("are written without going through a float", () => {
    expect([
      money("1234567.80"),
      money("-1000"),
      money("99999999999999999.01"),
      money("bad"),
      money(null),
    ]).toEqual(["1,234,567.80", "-1,000", "99,999,999,999,999,999.01", "bad", "—"]);
    expect([size(999), size(1500), size(250e6)]).toEqual(["999 B", "1.5 kB", "250 MB"]);
    expect(age("2026-01-01T00:00:00Z", "en", Date.parse("2026-01-03T01:00:00Z"))).toContain("2");
  });
});

describe("a policy's draft", () => {
  it("holds the figures that differ, by path", () => {
    const figures = figuresOf({ version: "1", base: 2, bands: { high: 60 }, usual: ["a"] });
    expect(figures).toEqual([
      ["base", 2],
      ["bands.high", 60],
    ]);
    expect(changedFrom(figures, { base: 2, "bands.high": 65, other: null })).toEqual({
      "bands.high": 65,
    });
  });
  it("parts a page into its blocks", () => {
    expect(blocksOf("## A\n\ntext\nmore\n\n- x\n- y").map((b) => [b.kind, b.lines.length])).toEqual(
      [
        ["heading", 1],
        ["text", 2],
        ["list", 2],
      ],
    );
  });
});

describe("what a path is called", () => {
  it("names fields, lines and rows as the sheet of fields does", () => {
    const words: Record<string, string> = {
      "field.sales": "Sales",
      "column.month": "Month",
      "column.balance": "Balance",
    };
    const orRaw = (key: string, raw: string) => words[key] ?? raw;
    expect(
      ["sales", "一、营业收入/month", "A/B/month", "rows/0/balance", "unknown"].map((p) =>
        labelOfPath(p, orRaw),
      ),
    ).toEqual(["Sales", "一、营业收入 · Month", "A/B · Month", "1 · Balance", "unknown"]);
  });
});
