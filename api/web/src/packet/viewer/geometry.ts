/** Places on a page that is zoomed and turned. Fractions of the upright page, origin top left; turns are quarter turns clockwise. */
import type { Box } from "../../api/report";

export type Turns = 0 | 1 | 2 | 3;

export interface Size {
  width: number;
  height: number;
}

/** The size that a page takes on the screen when it is `width` wide upright and then turned. */
export function turnedSize(page: Size, turns: Turns): Size {
  return turns % 2 ? { width: page.height, height: page.width } : page;
}

/** The point of the upright page that lies at (x, y) of the turned picture; all fractions. */
export function uprightPoint(x: number, y: number, turns: Turns): [number, number] {
  const points: [number, number][] = [
    [x, y],
    [y, 1 - x],
    [1 - x, 1 - y],
    [1 - y, x],
  ];
  return points[turns];
}

/** The point of the turned picture at which a point of the upright page is seen. */
export function turnedPoint(x: number, y: number, turns: Turns): [number, number] {
  const points: [number, number][] = [
    [x, y],
    [1 - y, x],
    [1 - x, 1 - y],
    [y, 1 - x],
  ];
  return points[turns];
}

/** The box between two corners in any order, within the page. */
export function boxBetween(a: [number, number], b: [number, number]): Box {
  const inside = (v: number) => Math.min(1, Math.max(0, v));
  return [
    inside(Math.min(a[0], b[0])),
    inside(Math.min(a[1], b[1])),
    inside(Math.max(a[0], b[0])),
    inside(Math.max(a[1], b[1])),
  ];
}

/** Too small to be meant: a click that slipped. */
export function isSpeck(box: Box): boolean {
  return box[2] - box[0] < 0.01 || box[3] - box[1] < 0.005;
}

/** Where to scroll so that the middle of a box stands in the middle of a window; never beyond the picture. */
export function scrollTo(
  box: Box,
  picture: Size,
  window: Size,
  turns: Turns,
): { left: number; top: number } {
  const [x, y] = turnedPoint((box[0] + box[2]) / 2, (box[1] + box[3]) / 2, turns);
  const place = (at: number, whole: number, seen: number) =>
    Math.max(0, Math.min(whole - seen, at * whole - seen / 2));
  return {
    left: place(x, picture.width, window.width),
    top: place(y, picture.height, window.height),
  };
}

/** How much of the window's width a place takes that is zoomed to: the rest shows what stands beside it. */
const PLACE_SHARE = 0.45;
/** Words of a page this large are read at arm's length. */
const READABLE = 1.6;
export const LEAST_ZOOM = 0.4;
export const MOST_ZOOM = 4;

export const within = (zoom: number): number => Math.min(MOST_ZOOM, Math.max(LEAST_ZOOM, zoom));

/** The zoom at which a place is read: a small one large, a whole row as wide as the window. */
export function zoomTo(box: Box): number {
  const wanted = PLACE_SHARE / Math.max(0.01, box[2] - box[0]);
  const most = box[2] - box[0] > 0.95 && box[3] - box[1] > 0.95 ? 1 : 2.5;
  return within(Math.min(most, Math.max(most === 1 ? 1 : READABLE, wanted)));
}

const WIDTHS = [800, 1200, 1600, 2400];

/** The width to ask of the service for a page shown `pixels` wide. */
export function widthToAsk(pixels: number): number {
  return WIDTHS.find((w) => w >= pixels) ?? 2400;
}

const ZOOMS = [0.5, 0.75, 1, 1.25, 1.5, 2, 3];

/** The next larger or smaller of the usual zooms. */
export function zoomed(zoom: number, step: 1 | -1): number {
  const next =
    step > 0 ? ZOOMS.find((z) => z > zoom + 0.01) : ZOOMS.findLast((z) => z < zoom - 0.01);
  return next ?? (step > 0 ? MOST_ZOOM : LEAST_ZOOM);
}
