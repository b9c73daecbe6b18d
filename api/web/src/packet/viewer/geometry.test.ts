import { describe, expect, it } from "vitest";
import {
  boxBetween,
  isSpeck,
  scrollTo,
  turnedPoint,
  turnedSize,
  uprightPoint,
  widthToAsk,
  zoomed,
  type Turns,
} from "./geometry";

describe("places on a turned page", () => {
  it.each([0, 1, 2, 3] as Turns[])(
    "finds the upright point again after %i quarter turns",
    (turns) => {
      for (const [x, y] of [
        [0, 0],
        [0.25, 0.7],
        [1, 0.5],
      ]) {
        const [a, b] = uprightPoint(...turnedPoint(x, y, turns), turns);
        expect(a).toBeCloseTo(x);
        expect(b).toBeCloseTo(y);
      }
    },
  );
  it("turns clockwise", () => {
    expect(turnedPoint(0, 0, 1)).toEqual([1, 0]); // the upright page's top left is at the top right
    expect(turnedSize({ width: 10, height: 20 }, 1)).toEqual({ width: 20, height: 10 });
  });
  it("makes boxes of corners in any order, within the page", () => {
    expect(boxBetween([0.9, -0.2], [0.1, 0.4])).toEqual([0.1, 0, 0.9, 0.4]);
    expect(isSpeck([0.1, 0.1, 0.105, 0.5])).toBe(true);
    expect(isSpeck([0.1, 0.1, 0.2, 0.2])).toBe(false);
  });
  it("scrolls a place to the middle, never beyond the page", () => {
    const page = { width: 1000, height: 2000 };
    const window = { width: 500, height: 400 };
    expect(scrollTo([0.4, 0.4, 0.6, 0.6], page, window, 0)).toEqual({ left: 250, top: 800 });
    expect(scrollTo([0, 0, 0.1, 0.1], page, window, 0)).toEqual({ left: 0, top: 0 });
    expect(scrollTo([0.9, 0.9, 1, 1], page, window, 0)).toEqual({ left: 500, top: 1600 });
  });
  it("asks for a picture as wide as it is shown, within what the service draws", () => {
    expect([widthToAsk(300), widthToAsk(1201), widthToAsk(9000)]).toEqual([800, 1600, 2400]);
    expect([zoomed(1, 1), zoomed(0.5, -1), zoomed(3, 1)]).toEqual([1.25, 0.4, 4]);
  });
});
