import { describe, expect, it } from "vitest";
import { positions, type Party, type Plan } from "./positions";

const party = (id: string, more: Partial<Party> = {}): Party => ({
  id,
  size: [40, 28],
  frame: null,
  at: null,
  pinned: false,
  ...more,
});
const plan = (parties: Party[], ties: [string, string][], layout = "force"): Plan => ({
  layout,
  parties,
  ties: ties.map(([source, target]) => ({ source, target })),
  width: 900,
  height: 700,
});

/** One with many that hang on it, each with as many more. */
function tree(branches: number, each: number): Plan {
  const parties = [party("c")];
  const ties: [string, string][] = [];
  for (let b = 0; b < branches; b++) {
    parties.push(party(`${b}`));
    ties.push([`${b}`, "c"]);
    for (let n = 0; n < each; n++) {
      parties.push(party(`${b}.${n}`));
      ties.push([`${b}.${n}`, `${b}`]);
    }
  }
  return plan(parties, ties);
}

/** Each party's distance to the nearest other one. */
const nearest = (at: [number, number][]) =>
  at.map(([x, y], n) =>
    Math.min(...at.filter((_, m) => m !== n).map(([a, b]) => Math.hypot(a - x, b - y))),
  );
const triangle = ["a", "b", "c"];
const ring: [string, string][] = [
  ["a", "b"],
  ["b", "c"],
  ["c", "a"],
];

describe("where parties stand", () => {
  it("sets 2,000 apart from each other", async () => {
    const large = tree(40, 49);
    const found = await positions(large);
    expect(found.size).toBe(large.parties.length);
    const apart = nearest([...found.values()]).sort((a, b) => a - b);
    expect(apart[Math.floor(apart.length / 50)]).toBeGreaterThan(46);
  }, 60_000);

  it.each(["force", "layered", "circle", "rings"])(
    "leaves what is pinned where it is: %s",
    async (layout) => {
      const parties = triangle.map((id) =>
        party(id, id === "b" ? { at: [1234, -321], pinned: true } : {}),
      );
      const found = await positions(plan(parties, ring, layout));
      expect(found.get("b")).toEqual([1234, -321]);
      expect(new Set([...found.values()].map(String)).size).toBe(3);
      for (const at of found.values()) expect(at.every(Number.isFinite)).toBe(true);
    },
  );

  it("keeps the members of a frame together and the others out of it", async () => {
    const parties = [...triangle.map((id) => party(id, { frame: "p" })), party("d"), party("e")];
    const found = await positions(plan(parties, [...ring, ["d", "a"], ["e", "d"]]));
    const members = triangle.map((id) => found.get(id) ?? [0, 0]);
    const middle = [0, 1].map((n) => members.reduce((sum, at) => sum + at[n], 0) / 3);
    const away = (id: string) =>
      Math.hypot((found.get(id)?.[0] ?? 0) - middle[0], (found.get(id)?.[1] ?? 0) - middle[1]);
    for (const id of triangle) expect(away(id)).toBeCloseTo(130, 0);
    for (const id of ["d", "e"]) expect(away(id)).toBeGreaterThan(200);
    expect(found.has("p")).toBe(false);
  });

  it("moves what stood already only a little when one more comes", async () => {
    const before = await positions(
      plan(
        triangle.map((id) => party(id)),
        ring,
      ),
    );
    const parties = [
      ...triangle.map((id) => party(id, { at: before.get(id) ?? null })),
      party("d"),
    ];
    const after = await positions(plan(parties, [...ring, ["d", "a"]]));
    const around = (at: Map<string, [number, number]>, id: string) =>
      Math.atan2(
        (at.get(id)?.[1] ?? 0) - (at.get("a")?.[1] ?? 0),
        (at.get(id)?.[0] ?? 0) - (at.get("a")?.[0] ?? 0),
      );
    for (const id of ["b", "c"])
      expect(Math.cos(around(before, id) - around(after, id))).toBeGreaterThan(0.7);
  });

  it("places what hangs on nothing", async () => {
    const found = await positions(
      plan(
        triangle.map((id) => party(id)),
        [],
      ),
    );
    expect(Math.min(...nearest([...found.values()]))).toBeGreaterThan(46);
  });
});
