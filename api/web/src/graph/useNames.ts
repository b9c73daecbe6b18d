import type { Graph } from "@antv/g6";
import { useCallback, useEffect, useRef, useState, type RefObject } from "react";

/** So many parties are all named at any zoom; of more, those that are in view and large enough to be read. */
export const ALL_NAMED = 300;
const READABLE = 0.4;
const REST = 120; // milliseconds without a move

/** The parties in view of a picture of many, when their names could be read. */
function inView(graph: Graph): Set<string> {
  if (graph.getZoom() < READABLE) return new Set();
  const [width, height] = graph.getSize();
  const [left, top] = graph.getCanvasByViewport([0, 0]);
  const [right, bottom] = graph.getCanvasByViewport([width, height]);
  const seen = graph.getNodeData().filter(({ style }) => {
    const [x, y] = [Number(style?.x), Number(style?.y)];
    return left <= x && x <= right && top <= y && y <= bottom;
  });
  return new Set(seen.map((n) => n.id));
}

/** Whose names are drawn, null for all; and what to call when the view has moved. */
export function useNames(
  graph: RefObject<Graph | null>,
  parties: number,
): [Set<string> | null, () => void] {
  const [names, setNames] = useState<Set<string>>(new Set());
  const timer = useRef(0);
  const many = useRef(false);
  many.current = parties > ALL_NAMED;
  const look = useCallback(() => {
    window.clearTimeout(timer.current);
    if (!many.current) return;
    timer.current = window.setTimeout(() => {
      const made = graph.current;
      if (!made?.rendered) return;
      const found = inView(made);
      setNames((before) => (before.size || found.size ? found : before)); // none as before is no change
    }, REST);
  }, [graph]);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  return [many.current ? names : null, look];
}
