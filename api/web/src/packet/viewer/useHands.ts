/** A page moved by hand: dragged with the mouse, zoomed with Ctrl and the wheel or with two fingers, the point under the hand staying there. */
import { useEffect, useLayoutEffect, useRef, type RefObject } from "react";
import { within } from "./geometry";

/** How much a notch of the wheel zooms: 100 units make a fifth. */
const PER_UNIT = 0.002;
/** Pixels that a pressed mouse moves before it drags: less is a click that slipped. */
const SLIP = 4;
/** The space around a page within its window, in pixels. */
const EDGE = 12;

interface Anchor {
  /** The point of the picture, as fractions of it. */
  across: number;
  down: number;
  /** Where in the window it is to stay. */
  left: number;
  top: number;
}

interface Size {
  width: number;
  height: number;
}

export function useHands(
  scroller: RefObject<HTMLDivElement | null>,
  outer: Size,
  zoom: number,
  setZoom: (zoom: number) => void,
  off: boolean,
): void {
  const anchor = useRef<Anchor | null>(null);
  const latest = useRef({ outer, zoom, setZoom });
  latest.current = { outer, zoom, setZoom };

  useLayoutEffect(() => {
    const node = scroller.current;
    const held = anchor.current;
    anchor.current = null;
    if (!node || !held) return;
    node.scrollLeft = EDGE + held.across * outer.width - held.left;
    node.scrollTop = EDGE + held.down * outer.height - held.top;
  }, [scroller, outer.width, outer.height]);

  useEffect(() => {
    const node = scroller.current;
    if (!node || off) return;
    const zoomAt = (factor: number, x: number, y: number) => {
      const { outer: now, zoom: before, setZoom: set } = latest.current;
      const after = within(before * factor);
      if (after === before) return;
      const frame = node.getBoundingClientRect();
      const left = x - frame.left;
      const top = y - frame.top;
      anchor.current = {
        across: (node.scrollLeft + left - EDGE) / now.width,
        down: (node.scrollTop + top - EDGE) / now.height,
        left,
        top,
      };
      set(after);
    };
    return listen(node, zoomAt);
  }, [scroller, off]);
}

type ZoomAt = (factor: number, x: number, y: number) => void;

function listen(node: HTMLDivElement, zoomAt: ZoomAt): () => void {
  const fingers = new Map<number, PointerEvent>();
  let dragged: { x: number; y: number; left: number; top: number; on: boolean } | null = null;
  const onWheel = (event: WheelEvent) => {
    if (!event.ctrlKey && !event.metaKey) return; // the wheel alone scrolls
    event.preventDefault();
    zoomAt(Math.exp(-event.deltaY * PER_UNIT), event.clientX, event.clientY);
  };
  const onDown = (event: PointerEvent) => {
    if (event.pointerType === "touch") return void fingers.set(event.pointerId, event);
    const words = (event.target as HTMLElement).closest(".words");
    if (event.button !== 0 || words || overScrollbar(node, event)) return;
    dragged = {
      x: event.clientX,
      y: event.clientY,
      left: node.scrollLeft,
      top: node.scrollTop,
      on: false,
    };
  };
  const onMove = (event: PointerEvent) => {
    if (fingers.has(event.pointerId)) return pinch(event);
    if (!dragged) return;
    const [across, down] = [event.clientX - dragged.x, event.clientY - dragged.y];
    if (!dragged.on && Math.hypot(across, down) < SLIP) return;
    dragged.on = true;
    node.classList.add("dragging");
    node.scrollTo({ left: dragged.left - across, top: dragged.top - down, behavior: "instant" });
  };
  const pinch = (event: PointerEvent) => {
    const other = [...fingers.values()].find((f) => f.pointerId !== event.pointerId);
    const before = fingers.get(event.pointerId);
    fingers.set(event.pointerId, event);
    if (!other || !before) return;
    const was = Math.hypot(before.clientX - other.clientX, before.clientY - other.clientY);
    const is = Math.hypot(event.clientX - other.clientX, event.clientY - other.clientY);
    const middle = [(event.clientX + other.clientX) / 2, (event.clientY + other.clientY) / 2];
    if (was > 0) zoomAt(is / was, middle[0], middle[1]);
  };
  const onUp = (event: PointerEvent) => {
    fingers.delete(event.pointerId);
    dragged = null;
    node.classList.remove("dragging");
  };
  node.addEventListener("wheel", onWheel, { passive: false });
  node.addEventListener("pointerdown", onDown);
  addEventListener("pointermove", onMove);
  addEventListener("pointerup", onUp);
  addEventListener("pointercancel", onUp);
  return () => {
    node.removeEventListener("wheel", onWheel);
    node.removeEventListener("pointerdown", onDown);
    removeEventListener("pointermove", onMove);
    removeEventListener("pointerup", onUp);
    removeEventListener("pointercancel", onUp);
  };
}

function overScrollbar(node: HTMLElement, event: PointerEvent): boolean {
  const frame = node.getBoundingClientRect();
  return (
    event.clientX > frame.left + node.clientWidth || event.clientY > frame.top + node.clientHeight
  );
}
