/** What is seen, as the drawing library takes it, and how it is laid out. */
import type { EdgeData, ComboData, NodeData } from "@antv/g6";
import { money } from "../app/figures";
import type { Shade } from "../app/theme";
import { framesOf, type Drawn, type Seen } from "./drawn";
import { edgeStyle, frameStyle, nodeStyle, paletteOf, sizeOf, type Marks } from "./looks";
import type { Plan, Positions } from "./positions";
import type { Point } from "./sprouted";

export interface Picture {
  nodes: NodeData[];
  edges: EdgeData[];
  combos: ComboData[];
}

interface Shown {
  drawn: Drawn;
  seen: Seen;
  chosen: string | null;
  marks: Marks;
  shade: Shade;
  /** Whose names are drawn; null for all. */
  names: Set<string> | null;
  orRaw: (key: string, raw: string) => string;
}

const LABELLED_EDGES = 120;
const APART = 15;
const LOOPS = [
  "top",
  "right",
  "bottom",
  "left",
  "top-right",
  "right-bottom",
  "bottom-left",
  "left-top",
];

/** Several ties between the same two are drawn as curves beside each other, a tie to oneself as a loop. The library's own way to do so takes time by the square of the ties. */
export function curves(
  ties: { id: string; source: string; target: string }[],
): Map<string, { type: string; style: object }> {
  const pairs = new Map<string, typeof ties>();
  for (const t of ties) {
    const ends = [t.source, t.target].sort().join(" ");
    pairs.set(ends, [...(pairs.get(ends) ?? []), t]);
  }
  const found = new Map<string, { type: string; style: object }>();
  for (const pair of pairs.values()) {
    pair.forEach((t, n) => {
      if (t.source === t.target)
        found.set(t.id, {
          type: "line",
          style: {
            loopPlacement: LOOPS[n % LOOPS.length],
            loopDist: 50 + 2 * APART * Math.floor(n / LOOPS.length),
          },
        });
      else if (pair.length === 1) found.set(t.id, { type: "line", style: {} });
      else {
        const away = (t.source < t.target ? 1 : -1) * APART * (2 * n + 1 - pair.length);
        found.set(t.id, { type: "quadratic", style: { curveOffset: away } });
      }
    });
  }
  return found;
}

export function pictureOf({ drawn, seen, chosen, marks, shade, names, orRaw }: Shown): Picture {
  const palette = paletteOf(shade);
  const frames = framesOf(seen.patterns);
  const used = new Set(frames.values());
  const curve = curves(seen.relations);
  const named = (id: string) =>
    names === null || names.has(id) || id === chosen || id === drawn.centres[0];
  const labelled = seen.relations.length <= LABELLED_EDGES;
  const label = (r: Seen["relations"][number]) =>
    [orRaw(`relation.${r.kind}`, r.kind), r.amount ? money(r.amount) : r.share ? `${r.share}%` : ""]
      .filter(Boolean)
      .join(" ");
  return {
    nodes: seen.entities.map((e) => ({
      id: e.id,
      combo: frames.get(e.id) ?? null,
      type: e.kind === "company" ? "rect" : e.kind === "person" ? "circle" : "diamond",
      style: nodeStyle(e, palette, {
        centre: drawn.centres[0] === e.id,
        chosen: chosen === e.id,
        note: drawn.notes.get(e.id),
        pinned: drawn.pinned.has(e.id),
        named: named(e.id),
        marks,
      }),
    })),
    edges: seen.relations.map((r) => ({
      id: r.id,
      source: r.source,
      target: r.target,
      type: curve.get(r.id)?.type,
      style: {
        ...edgeStyle(r, palette, {
          chosen: chosen === r.id,
          label: labelled ? label(r) : "",
          arrow: named(r.source) || named(r.target),
          marks,
        }),
        ...curve.get(r.id)?.style,
      },
    })),
    combos: seen.patterns
      .filter((p) => used.has(p.id))
      .map((p) => ({
        id: p.id,
        type: "rect",
        style: frameStyle(orRaw(`pattern.${p.kind}`, p.kind), palette),
      })),
  };
}

/** The same picture with each party in its place. */
export function placed(picture: Picture, places: Positions): Picture {
  const nodes = picture.nodes.map((n) => {
    const [x, y] = places.get(n.id) ?? [0, 0];
    return { ...n, style: { ...n.style, x, y } };
  });
  return { ...picture, nodes };
}

/** What looks otherwise than before, so that a click in a picture of thousands draws two parties anew and not all. */
export function changed(before: Picture, after: Picture): Picture {
  const only = <T extends { id?: string }>(was: T[], is: T[]) => {
    const known = new Map(was.map((x) => [x.id, JSON.stringify(x)]));
    return is.filter((x) => known.get(x.id) !== JSON.stringify(x));
  };
  return {
    nodes: only(before.nodes, after.nodes),
    edges: only(before.edges, after.edges),
    combos: only(before.combos, after.combos),
  };
}

/** How to lay out what is seen. `where` tells where a party stands now. */
export function planOf(
  drawn: Drawn,
  seen: Seen,
  layout: string,
  where: (id: string) => Point | null,
  [width, height]: Point,
): Plan {
  const frames = framesOf(seen.patterns);
  return {
    layout,
    parties: seen.entities.map((e) => ({
      id: e.id,
      size: sizeOf(e.kind),
      frame: frames.get(e.id) ?? null,
      at: drawn.pinned.get(e.id) ?? where(e.id),
      pinned: drawn.pinned.has(e.id),
    })),
    ties: seen.relations.map((r) => ({ source: r.source, target: r.target })),
    width,
    height,
  };
}
