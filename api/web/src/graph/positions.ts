/** Where the parties of a picture stand. Pure, and slow for thousands: it runs in a worker (worker.ts). */
import { AntVDagreLayout } from "@antv/layout/lib/algorithm/antv-dagre/index.js";
import { ConcentricLayout } from "@antv/layout/lib/algorithm/concentric/index.js";
import {
  forceCenter,
  forceCollide,
  forceLink,
  forceManyBody,
  forceSimulation,
  forceX,
  forceY,
  type SimulationNodeDatum,
} from "d3-force";
import { sprouted, type Point } from "./sprouted";

export interface Party {
  id: string;
  size: [number, number];
  frame: string | null;
  /** Where it stands now, if it does. */
  at: Point | null;
  pinned: boolean;
}

interface Tie {
  source: string;
  target: string;
}

export interface Plan {
  layout: string;
  parties: Party[];
  ties: Tie[];
  /** Of the picture on the screen, in pixels. */
  width: number;
  height: number;
}

export type Positions = Map<string, Point>;

/** Of a ring, in pixels: at least this, and so much more for each party on it. */
const RING = 130;
const CIRCLE = 260;
const ON_CIRCLE = 8;
/** Among many, those far from each other do not push: else clusters would drive each other out of sight. */
const MANY = 300;
const NEAR = 700;
const LEAST_ALPHA = 0.001;
/** How hot a picture is that grew by little: what stood stays near where it stood. */
const WARM = 0.3;
/** Steps by which parties that still stand on each other come off. */
const APART = 80;
/** Steps until forces are at rest: a picture of few can afford more of them. */
const stepsOf = (parties: number) => Math.round(Math.min(300, Math.max(60, 60_000 / parties)));

function ring(ids: string[], [x, y]: Point, radius: number): Positions {
  return new Map(
    ids.map((id, n) => [
      id,
      [
        x + radius * Math.cos((2 * Math.PI * n) / ids.length),
        y + radius * Math.sin((2 * Math.PI * n) / ids.length),
      ],
    ]),
  );
}

interface Body extends SimulationNodeDatum {
  id: string;
  radius: number;
}

interface Forces {
  distance: number;
  strength: number;
}

/** Bodies that push each other apart and are pulled together by ties, at rest. */
function atRest(
  parties: Party[],
  ties: Tie[],
  radiusOf: (id: string) => number,
  { distance, strength }: Forces,
  [x, y]: Point,
): Positions {
  const starts = sprouted(parties, ties, [x, y]);
  const bodies = parties.map((p): Body => {
    const [sx, sy] = starts.get(p.id) ?? [x, y];
    return {
      id: p.id,
      radius: radiusOf(p.id),
      x: sx,
      y: sy,
      ...(p.pinned && p.at ? { fx: sx, fy: sy } : {}),
    };
  });
  const steps = stepsOf(parties.length);
  const stood = parties.filter((p) => p.at).length;
  forceSimulation(bodies)
    .stop()
    .alpha(stood > parties.length / 2 ? WARM : 1)
    .alphaDecay(1 - LEAST_ALPHA ** (1 / steps))
    .force(
      "link",
      forceLink<Body, { source: string | Body; target: string | Body }>(ties.map((t) => ({ ...t })))
        .id((b) => b.id)
        .distance(distance),
    )
    .force(
      "apart",
      forceManyBody<Body>()
        .strength(strength)
        .theta(1.2)
        .distanceMax(parties.length > MANY ? NEAR : Infinity),
    )
    .force(
      "overlap",
      forceCollide<Body>((b) => b.radius),
    )
    .force("x", forceX(x))
    .force("y", forceY(y))
    .force("centre", forceCenter(x, y))
    .tick(steps);
  // What forces left on top of each other in so few steps is set apart without them.
  forceSimulation(bodies)
    .stop()
    .force(
      "overlap",
      forceCollide<Body>((b) => b.radius),
    )
    .tick(APART);
  return new Map(bodies.map((b) => [b.id, [b.x ?? x, b.y ?? y]]));
}

/** Members of a frame stand on a ring within it; the frames and the other parties push each other apart. */
function amongFrames({ parties, ties }: Plan, centre: Point): Positions {
  const unit = new Map(parties.map((p) => [p.id, p.frame ?? p.id]));
  const members = new Map<string, string[]>();
  for (const p of parties)
    if (p.frame) members.set(p.frame, [...(members.get(p.frame) ?? []), p.id]);
  const radiusOf = (id: string) => Math.max(RING, ((members.get(id)?.length ?? 0) * 60) / Math.PI);
  const units = [...new Set(unit.values())].map((id): Party => ({
    id,
    size: [0, 0],
    frame: null,
    at: null,
    pinned: false,
  }));
  const among = ties
    .map((t) => ({ source: unit.get(t.source) ?? "", target: unit.get(t.target) ?? "" }))
    .filter((t) => t.source !== t.target);
  const places = atRest(
    units,
    among,
    (id) => (members.has(id) ? radiusOf(id) + 80 : 70),
    { distance: 330, strength: -1600 },
    centre,
  );
  return new Map(
    [...places].flatMap(([id, at]) => [
      ...(members.has(id)
        ? ring(members.get(id) ?? [], at, radiusOf(id))
        : [[id, at] as [string, Point]]),
    ]),
  );
}

async function byLibrary({ layout, parties, ties, width, height }: Plan): Promise<Positions> {
  const layered = layout === "layered";
  const made = layered
    ? new AntVDagreLayout({ rankdir: "LR", nodesep: 26, ranksep: 110 })
    : new ConcentricLayout({ minNodeSpacing: 60, preventOverlap: true });
  const sizes = new Map(parties.map((p) => [p.id, p.size]));
  const nodeSize = layered ? (n: { id?: unknown }) => sizes.get(String(n.id)) ?? [60, 60] : 60;
  const data = {
    nodes: parties.map(({ id }) => ({ id })),
    edges: ties.map((t, n) => ({ id: String(n), ...t })),
  };
  await (made as { execute: (data: object, options: object) => Promise<void> }).execute(data, {
    width,
    height,
    center: [width / 2, height / 2],
    nodeSize,
  });
  const found: Positions = new Map();
  made.forEachNode((n) => found.set(String(n.id), [n.x ?? 0, n.y ?? 0]));
  return found;
}

function found(plan: Plan): Positions | Promise<Positions> {
  const { layout, parties, ties, width, height } = plan;
  const centre: Point = [width / 2, height / 2];
  if (layout === "circle")
    return ring(
      parties.map((p) => p.id),
      centre,
      Math.max(CIRCLE, parties.length * ON_CIRCLE),
    );
  if (layout !== "force") return byLibrary(plan);
  if (parties.some((p) => p.frame)) return amongFrames(plan, centre);
  return atRest(parties, ties, () => 46, { distance: 210, strength: -1100 }, centre);
}

/** The place of each party; what is pinned stays where it is. */
export async function positions(plan: Plan): Promise<Positions> {
  const places = new Map(await found(plan));
  for (const p of plan.parties) if (p.pinned && p.at) places.set(p.id, p.at);
  return places;
}
