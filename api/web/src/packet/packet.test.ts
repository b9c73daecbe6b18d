import { describe, expect, it } from "vitest";
import { age, money, size } from "../app/figures";
import { blocksOf } from "../administration/Prose";
import { changedFrom, figuresOf } from "../administration/policy";
import type { Contribution, Finding, Report } from "../api/report";
import { labelOfPath } from "./entries";
import { apart } from "./apart";
import { causesOf, figuresOf as figuresOfFinding, inOrder } from "./causes";
import { firstShown, placeIn, searchOf, shownAfter } from "./shown";
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
const part = (rule: string, group: string, points: number) =>
  ({ rule, group, points, findings: [] }) as unknown as Contribution;
const report = {
  checks: [],
  risk: { contributions: [part("R", "g", 12.5), part("R", "h", 40)] },
  documents: [{ id: "d", pages: [1, 2] }],
  findings: [finding("a", "g", "low"), finding("b", "h", "high"), finding("c", "g", "medium")],
} as unknown as Report;

describe("the packet screen", () => {
  it("lists findings by cause, those with most points first", () => {
    const causes = causesOf(report);
    expect(causes.map((c) => [c.group, c.points, c.rows.length])).toEqual([
      ["h", 40, 1],
      ["g", 12.5, 1],
    ]);
    expect(inOrder(causes).map((f) => f.fingerprint)).toEqual(["b", "a", "c"]);
  });
  it("opens the weightiest finding's place, or what the address names", () => {
    const nothing = new URLSearchParams();
    expect(firstShown(report, nothing)).toMatchObject({ finding: "b", tab: "findings" });
    expect(firstShown(report, nothing).panes[0]).toMatchObject({ document: "d", page: 2 });
    const asked = placeIn(report, new URLSearchParams("document=d&page=1&box=0,0,0.5,0.5"));
    expect(asked).toEqual({ document: "d", page: 1, box: [0, 0, 0.5, 0.5] });
    expect(placeIn(report, new URLSearchParams("document=x"))).toBeNull();
    expect(placeIn(report, new URLSearchParams("document=d&page=9&box=0,0,9,9"))).toEqual({
      document: "d",
      page: 1,
    });
  });
  it("is found again by its address", () => {
    const shown = shownAfter(report, firstShown(report, new URLSearchParams()), {
      kind: "finding",
      finding: report.findings[0],
    });
    const address = searchOf({ ...shown, tab: "score" }, new URLSearchParams("revision=2"));
    expect(address.get("revision")).toBe("2");
    expect(firstShown(report, address)).toMatchObject({ finding: "a", tab: "score" });
  });
  it("tells how far two sources are apart without a float", () => {
    expect(apart("200.00", "150.50")).toEqual({ difference: "-49.50", share: "-24.8%" });
    expect(apart("0.00", "1.00")).toEqual({ difference: "1.00", share: "—" });
    expect(apart("n/a", "1.00")).toBeNull();
  });
  it("calls figures expected and found only where both are amounts", () => {
    const said = (expected: string, observed: string, difference = "") =>
      figuresOfFinding({ expected, observed, difference } as Finding).map((f) => f.label);
    expect(said("10.00", "12.00", "2.00")).toEqual(["expected", "observed", "difference"]);
    expect(said("", "0f3a9c0d1e2b4f5a")).toEqual([]);
    expect(said("", "335")).toEqual([]);
    expect(said("甲公司", "乙公司")).toEqual(["set_against", "seen"]);
  });
  it("keeps the second pane while findings are walked through", () => {
    const two = shownAfter(report, firstShown(report, new URLSearchParams()), {
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
