import { Graph, GraphEvent, type IElementEvent } from "@antv/g6";
import { Spin } from "antd";
import { useContext, useEffect, useImperativeHandle, useRef, useState, type Ref } from "react";
import { ShadeContext } from "../app/shade";
import { useWords } from "../app/language";
import { Wrong } from "../parts/States";
import { arranged } from "./arranged";
import type { Drawn, Seen } from "./drawn";
import { paletteOf, type Marks } from "./looks";
import { changed, pictureOf, placed, planOf, type Picture } from "./picture";
import { ALL_NAMED, useNames } from "./useNames";
import type { Positions } from "./positions";

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

/** A picture with the shape of which it is: what is in it, and its layout. */
interface Placed {
  shape: string;
  layout: string;
  places: Positions;
}

/** The whole picture in view, and none drawn larger than it is. The library's "overflow" fits only what is both too wide and too high. */
async function fitted(made: Graph): Promise<void> {
  await made.fitView({ when: "always" });
  if (made.getZoom() <= 1) return;
  await made.zoomTo(1);
  await made.fitCenter();
}

/** That the picture is being laid out; told only when it takes a moment (styles.css). */
function Arranging() {
  const { t } = useWords();
  return (
    <div className="arranging" role="status">
      <Spin size="small" /> {t("graph.arranging")}
    </div>
  );
}

/** The picture. All that it shows can also be read in the table. */
export function Canvas({ drawn, seen, layout, chosen, marks, choose, expand, handle }: Props) {
  const { t, orRaw } = useWords();
  const { shade } = useContext(ShadeContext);
  const box = useRef<HTMLDivElement>(null);
  const graph = useRef<Graph | null>(null);
  const shown = useRef<{ at: Placed; picture: Picture } | null>(null);
  const acts = useRef({ choose, expand });
  acts.current = { choose, expand };
  const [names, look] = useNames(graph, seen.entities.length);

  useImperativeHandle(handle, () => ({
    fit: () => void graph.current?.fitView(),
    // of many all at once would be a picture of a hundred million points: it is taken as it is seen
    picture: async () =>
      (await graph.current?.toDataURL({
        mode: seen.entities.length > ALL_NAMED ? "viewport" : "overall",
      })) ?? "",
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
      padding: 40,
      animation: false,
      zoomRange: [0.04, 3],
      behaviors: ["drag-canvas", "zoom-canvas", "drag-element"],
    });
    made.on(GraphEvent.AFTER_TRANSFORM, look);
    made.on<IElementEvent>("node:click", (event) => acts.current.choose(event.target.id));
    made.on<IElementEvent>("edge:click", (event) => acts.current.choose(event.target.id));
    made.on<IElementEvent>("node:dblclick", (event) => acts.current.expand(event.target.id));
    graph.current = made;
    return () => {
      graph.current = null;
      made.destroy();
    };
  }, [look]);

  const shape = `${seen.entities.map((e) => e.id).join()}|${seen.relations.map((r) => r.id).join()}|${seen.patterns.map((p) => p.id).join()}|${layout}`;
  const [at, setAt] = useState<Placed | null>(null);
  const [wrong, setWrong] = useState<unknown>(null);
  const now = useRef({ drawn, seen });
  now.current = { drawn, seen };
  const stood = useRef("");

  useEffect(() => {
    const made = graph.current;
    if (!made || !box.current) return;
    // where parties stand helps only the layout that put them there
    const where = (id: string): [number, number] | null => {
      if (stood.current !== layout || !made.hasNode(id)) return null;
      const [x, y] = made.getElementPosition(id);
      return [x, y];
    };
    const { clientWidth, clientHeight } = box.current;
    const asked = arranged(
      planOf(now.current.drawn, now.current.seen, layout, where, [clientWidth, clientHeight]),
    );
    setWrong(null);
    asked.found.then(
      (places) => graph.current === made && setAt({ shape, layout, places }),
      setWrong,
    );
    return asked.stop;
  }, [shape, layout]);

  useEffect(() => {
    const made = graph.current;
    if (!made || at?.shape !== shape) return; // until the new places are known the picture stays as it was
    const picture = pictureOf({ drawn, seen, chosen, marks, shade, names, orRaw });
    const before = shown.current;
    shown.current = { at, picture };
    stood.current = at.layout;
    made.setOptions({ background: paletteOf(shade).ground });
    const put = async () => {
      if (before?.at !== at) {
        made.setData(placed(picture, at.places));
        await made.render();
        return fitted(made);
      }
      made.updateData(changed(before.picture, picture));
      return made.draw();
    };
    put().catch((error: unknown) => {
      if (graph.current === made) throw error; // a picture that is gone draws nothing
    });
  }, [at, shape, seen, drawn, chosen, marks, shade, names, orRaw]);

  return (
    <>
      <div
        className="canvas"
        ref={box}
        role="img"
        aria-busy={at?.shape !== shape}
        aria-label={t("graph.picture", {
          entities: seen.entities.length,
          relations: seen.relations.length,
        })}
      />
      {wrong !== null ? <Wrong error={wrong} /> : at?.shape !== shape && <Arranging />}
    </>
  );
}
