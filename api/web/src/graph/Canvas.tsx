import { Graph, type GraphData, type IElementEvent } from "@antv/g6";
import { useContext, useEffect, useImperativeHandle, useRef, type Ref } from "react";
import { ShadeContext } from "../app/shade";
import { useWords } from "../app/language";
import { framesOf, type Drawn, type Seen } from "./drawn";
import { money } from "../app/figures";
import { edgeStyle, nodeStyle, paletteOf, type Marks } from "./looks";

export interface CanvasHandle {
  fit: () => void;
  picture: () => Promise<string>;
  positionOf: (id: string) => [number, number] | null;
  focus: (id: string) => void;
}

interface Props {
  drawn: Drawn;
  seen: Seen;
  layout: string;
  chosen: string | null;
  marks: Marks;
  choose: (id: string) => void;
  expand: (id: string) => void;
  handle: Ref<CanvasHandle>;
}

const LABELLED_EDGES = 120;
const LAYOUTS: Record<string, object> = {
  force: { type: "d3-force", link: { distance: 210 }, manyBody: { strength: -1100 }, collide: { radius: 46 }, x: {}, y: {} },
  layered: { type: "antv-dagre", rankdir: "LR", nodesep: 26, ranksep: 110 },
  circle: { type: "circular", radius: 260 },
  rings: { type: "concentric", minNodeSpacing: 60, preventOverlap: true, nodeSize: 60 },
};

/** Members of a frame stand on a ring within it; the frames and the other parties push each other apart. */
const FRAMED = {
  type: "combo-combined",
  comboPadding: 40,
  layout: (frame: string | null) => (frame === null ? { type: "d3-force", link: { distance: 330 }, manyBody: { strength: -1600 }, collide: { radius: 70 } } : { type: "circular", radius: 130 }),
};

/** The picture. All that it shows can also be read in the table. */
export function Canvas({ drawn, seen, layout, chosen, marks, choose, expand, handle }: Props) {
  const { t, orRaw } = useWords();
  const { shade } = useContext(ShadeContext);
  const box = useRef<HTMLDivElement>(null);
  const graph = useRef<Graph | null>(null);
  const acts = useRef({ choose, expand });
  acts.current = { choose, expand };

  useImperativeHandle(handle, () => ({
    fit: () => void graph.current?.fitView(),
    picture: async () => (await graph.current?.toDataURL({ mode: "overall" })) ?? "",
    positionOf: (id) => {
      const at = graph.current?.hasNode(id) ? graph.current.getElementPosition(id) : null;
      return at ? [at[0], at[1]] : null;
    },
    focus: (id) => void (graph.current?.hasNode(id) && graph.current.focusElement(id)),
  }));

  useEffect(() => {
    if (!box.current) return;
    const made = new Graph({
      container: box.current,
      autoResize: true,
      autoFit: { type: "view", options: { when: "overflow" } },
      padding: 40,
      transforms: ["process-parallel-edges"],
      animation: false,
      zoomRange: [0.1, 3],
      behaviors: ["drag-canvas", "zoom-canvas", "drag-element"],
    });
    made.on<IElementEvent>("node:click", (event) => acts.current.choose(event.target.id));
    made.on<IElementEvent>("edge:click", (event) => acts.current.choose(event.target.id));
    made.on<IElementEvent>("node:dblclick", (event) => acts.current.expand(event.target.id));
    graph.current = made;
    return () => {
      graph.current = null;
      made.destroy();
    };
  }, []);

  const shape = `${seen.entities.map((e) => e.id).join()}|${seen.relations.map((r) => r.id).join()}|${layout}`;
  const last = useRef("");
  useEffect(() => {
    const made = graph.current;
    if (!made) return;
    const palette = paletteOf(shade);
    const frames = framesOf(seen.patterns);
    const used = new Set(frames.values());
    const data: GraphData = {
      nodes: seen.entities.map((e) => ({
        id: e.id,
        ...(frames.has(e.id) ? { combo: frames.get(e.id) } : {}),
        type: e.kind === "company" ? "rect" : e.kind === "person" ? "circle" : "diamond",
        style: nodeStyle(e, palette, { centre: drawn.centres[0] === e.id, chosen: chosen === e.id, note: drawn.notes.get(e.id), pinned: drawn.pinned.has(e.id), marks }),
      })),
      edges: seen.relations.map((r) => ({
        id: r.id,
        source: r.source,
        target: r.target,
        style: edgeStyle(r, palette, {
          chosen: chosen === r.id,
          label: seen.relations.length <= LABELLED_EDGES ? [orRaw(`relation.${r.kind}`, r.kind), r.amount ? money(r.amount) : r.share ? `${r.share}%` : ""].filter(Boolean).join(" ") : "",
          marks,
        }),
      })),
      combos: seen.patterns
        .filter((p) => used.has(p.id))
        .map((p) => ({ id: p.id, type: "rect", style: { labelText: orRaw(`pattern.${p.kind}`, p.kind), labelFill: palette.text, labelFontSize: 12, labelPlacement: "top", fill: palette.frame, fillOpacity: 0.35, stroke: palette.frameEdge, lineDash: [4, 3], radius: 8, padding: 22 } })),
    };
    made.setOptions({ background: palette.ground });
    made.setData(data as GraphData);
    const again = last.current !== shape;
    last.current = shape;
    const put = async () => {
      if (again) {
        made.setLayout(used.size && layout === "force" ? FRAMED : (LAYOUTS[layout] as never));
        await made.render();
        const pins = Object.fromEntries([...drawn.pinned].filter(([id]) => made.hasNode(id)));
        if (Object.keys(pins).length) await made.translateElementTo(pins, false);
      } else await made.draw();
    };
    put().catch((error: unknown) => {
      if (graph.current === made) throw error; // a picture that is gone draws nothing
    });
  }, [shape, seen, drawn, chosen, marks, shade, layout, orRaw]);

  return <div className="canvas" ref={box} role="img" aria-label={t("graph.picture", { entities: seen.entities.length, relations: seen.relations.length })} />;
}

