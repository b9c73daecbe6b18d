import { describe, expect, it } from "vitest";
import type { Entity, Pattern, Relation } from "../api/graph";
import {
  added,
  ALL,
  daysOf,
  framesOf,
  frozen,
  liveOn,
  NOTHING,
  noted,
  pinned,
  removed,
  seen,
  thawed,
} from "./drawn";

const firm = (id: string): Entity => ({
  id,
  kind: "company",
  name: id,
  names: [id],
  code: "",
  joins: [],
  net_assets: null,
});
const tie = (
  id: string,
  source: string,
  target: string,
  more: Partial<Relation> = {},
): Relation => ({
  id,
  source,
  target,
  kind: "guarantees",
  amount: null,
  share: null,
  start: null,
  end: null,
  contract: "",
  contact: null,
  mode: "",
  places: [],
  places_left_out: 0,
  ...more,
});
const circle: Pattern = {
  id: "p",
  kind: "guarantee_circle",
  bears_on: "contagion",
  members: ["a", "b"],
  relations: ["1", "2"],
  relations_left_out: 0,
  figures: {},
};
const drawn = added(NOTHING, {
  entities: [firm("a"), firm("b"), firm("c")],
  relations: [
    tie("1", "a", "b", { amount: "100.00", start: "2025-01-01", end: "2025-12-31" }),
    tie("2", "b", "a", { amount: "900.00" }),
    tie("3", "b", "c", { kind: "pays" }),
  ],
  patterns: [circle],
  centres: ["a"],
});

describe("what is drawn", () => {
  it("does not draw a tie without both ends", () => {
    expect(
      added(NOTHING, { entities: [firm("a")], relations: [tie("1", "a", "x")] }).relations.size,
    ).toBe(0);
  });
  it("takes out a party with its ties", () => {
    const left = removed(drawn, "b");
    expect([...left.entities.keys()]).toEqual(["a", "c"]);
    expect(left.relations.size).toBe(0);
    expect(drawn.relations.size).toBe(3);
  });
  it("filters by kind, amount and day, and drops patterns that are no longer whole", () => {
    expect(seen(drawn, { ...ALL, kinds: ["pays"] }).relations.map((r) => r.id)).toEqual(["3"]);
    expect(seen(drawn, { ...ALL, least: 500 }).relations.map((r) => r.id)).toEqual(["2"]);
    expect(seen(drawn, { ...ALL, day: "2026-06-01" }).relations.map((r) => r.id)).toEqual([
      "2",
      "3",
    ]);
    expect(seen(drawn, { ...ALL, day: "2026-06-01" }).patterns).toEqual([]);
    expect(seen(drawn, ALL).patterns).toEqual([circle]);
  });
  it("keeps the centre in sight whatever the filter", () => {
    expect(seen(drawn, { ...ALL, kinds: ["pays"] }).entities.map((e) => e.id)).toContain("a");
  });
  it("takes a missing date for no limit", () => {
    expect(liveOn({ start: null, end: "2025-01-01" }, "2024-01-01")).toBe(true);
    expect(liveOn({ start: null, end: "2025-01-01" }, "2025-01-02")).toBe(false);
    expect(daysOf(drawn)).toEqual(["2025-01-01", "2025-12-31"]);
  });
  it("frames each party once", () => {
    const mutual: Pattern = { ...circle, id: "q", kind: "mutual_guarantee", members: ["b", "c"] };
    expect([...framesOf([mutual, circle])]).toEqual([
      ["a", "p"],
      ["b", "p"],
    ]);
  });
  it("thaws what it froze", () => {
    const marked = noted(pinned(drawn, "a", [1, 2]), "b", "ask");
    const again = thawed(
      JSON.parse(JSON.stringify(frozen(marked, ALL))) as Record<string, unknown>,
    );
    expect(again.entities).toEqual(marked.entities);
    expect(again.relations).toEqual(marked.relations);
    expect([...again.pinned, ...again.notes]).toEqual([
      ["a", [1, 2]],
      ["b", "ask"],
    ]);
  });
});
