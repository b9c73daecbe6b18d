/** How parties and ties look: kind by shape and colour together. */
import type { Entity, Relation } from "../api/graph";
import type { Shade } from "../app/theme";

export interface Palette {
  ground: string;
  text: string;
  faint: string;
  frame: string;
  frameEdge: string;
  chosen: string;
  failed: string;
  node: Record<string, [fill: string, edge: string]>;
  edge: Record<string, string>;
}

const LIGHT: Palette = {
  ground: "#ffffff",
  text: "#1d2633",
  faint: "#8793a3",
  frame: "#fdf3e1",
  frameEdge: "#b8863a",
  chosen: "#ff8c1a",
  failed: "#b3261e",
  node: {
    company: ["#dbe8f7", "#1b4b82"],
    person: ["#f6e6d4", "#9a5b00"],
    other: ["#e2efe6", "#226b3a"],
  },
  edge: {
    guarantees: "#b3261e",
    holds_shares: "#1b4b82",
    represents: "#6b5b95",
    pays: "#226b3a",
    invoices: "#0f7a83",
    shares_contact: "#9a5b00",
  },
};

const DARK: Palette = {
  ground: "#1a212b",
  text: "#e4e9f0",
  faint: "#7f8b9b",
  frame: "#3d2f17",
  frameEdge: "#c99a4b",
  chosen: "#ffab52",
  failed: "#ff8076",
  node: {
    company: ["#24405f", "#8fbcf5"],
    person: ["#4a3721", "#f0bc69"],
    other: ["#21402d", "#8fd6a7"],
  },
  edge: {
    guarantees: "#ff8f86",
    holds_shares: "#8fbcf5",
    represents: "#b9a8e6",
    pays: "#8fd6a7",
    invoices: "#74d0d8",
    shares_contact: "#f0bc69",
  },
};

export const paletteOf = (shade: Shade): Palette => (shade === "light" ? LIGHT : DARK);

/** What stress and cut put onto the picture. */
export interface Marks {
  failed: Map<string, number>;
  released: Set<string>;
}

export const UNMARKED: Marks = { failed: new Map(), released: new Set() };

export const pairOf = (r: Pick<Relation, "source" | "target">) => `${r.source} → ${r.target}`;

interface NodeState {
  centre: boolean;
  chosen: boolean;
  pinned: boolean;
  named: boolean;
  note: string | undefined;
  marks: Marks;
}

/** Width and height in pixels. */
export const sizeOf = (kind: string): [number, number] =>
  kind === "company" ? [40, 28] : [28, 28];

/** What is masked ends in digits that tell it apart: the stars before them are shortened first. */
const shortened = (text: string) => {
  const name = text.replace(/\*{5,}/, "****");
  return name.length > 16 ? `${name.slice(0, 15)}…` : name;
};

export function nodeStyle(
  entity: Entity,
  palette: Palette,
  { centre, chosen, pinned, named, note, marks }: NodeState,
): Record<string, unknown> {
  const [fill, edge] = palette.node[entity.kind] ?? palette.node.other;
  const round = marks.failed.get(entity.id);
  const badges = [
    ...(round === undefined
      ? []
      : [
          {
            text: String(round),
            placement: "right-top",
            backgroundFill: palette.failed,
            fill: palette.ground,
          },
        ]),
    ...(pinned
      ? [{ text: "•", placement: "left-top", backgroundFill: edge, fill: palette.ground }]
      : []),
    ...(note
      ? [
          {
            text: shortened(note),
            placement: "top",
            backgroundFill: palette.chosen,
            fill: "#1d2633",
          },
        ]
      : []),
  ];
  return {
    size: sizeOf(entity.kind),
    radius: 5,
    fill: round === undefined ? fill : palette.failed,
    fillOpacity: round === undefined ? 1 : 0.55,
    stroke: chosen ? palette.chosen : edge,
    lineWidth: chosen ? 4 : centre ? 3 : 1.5,
    label: named,
    labelText: shortened(entity.name),
    labelFill: palette.text,
    labelFontSize: 12,
    labelFontWeight: centre ? 600 : 400,
    labelPlacement: "bottom",
    labelBackground: true,
    labelBackgroundFill: palette.ground,
    labelBackgroundOpacity: 0.8,
    badges,
    badge: badges.length > 0,
    cursor: "pointer",
  };
}

interface EdgeState {
  chosen: boolean;
  label: string;
  arrow: boolean;
  marks: Marks;
}

export function edgeStyle(
  relation: Relation,
  palette: Palette,
  { chosen, label, arrow, marks }: EdgeState,
): Record<string, unknown> {
  const cut = relation.kind === "guarantees" && marks.released.has(pairOf(relation));
  return {
    stroke: chosen ? palette.chosen : (palette.edge[relation.kind] ?? palette.faint),
    lineWidth: chosen || cut ? 3.5 : 1.5,
    lineDash: cut ? [8, 6] : ["shares_contact", "represents"].includes(relation.kind) ? [3, 3] : 0,
    endArrow: arrow,
    endArrowSize: 8,
    labelText: label,
    labelFill: palette.text,
    labelFontSize: 11,
    labelBackground: Boolean(label),
    labelBackgroundFill: palette.ground,
    labelBackgroundOpacity: 0.85,
    increasedLineWidthForHitTesting: 8,
    cursor: "pointer",
  };
}

export function frameStyle(label: string, palette: Palette): Record<string, unknown> {
  return {
    labelText: label,
    labelFill: palette.text,
    labelFontSize: 12,
    labelPlacement: "top",
    fill: palette.frame,
    fillOpacity: 0.35,
    stroke: palette.frameEdge,
    lineDash: [4, 3],
    radius: 8,
    padding: 22,
  };
}
