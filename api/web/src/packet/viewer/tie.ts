/** Two pages that scroll as one. */
import { useMemo, useRef } from "react";

interface Point {
  left: number;
  top: number;
}

export interface Tie {
  attach: (pane: number, node: HTMLElement | null) => void;
  /** A pane was scrolled by hand: the other one goes along. */
  moved: (pane: number) => void;
  /** A pane was brought to a place of its own: from here on the two go together. */
  align: () => void;
}

const at = (node: HTMLElement): Point => ({ left: node.scrollLeft, top: node.scrollTop });
const same = (a: Point, b: Point) => Math.abs(a.left - b.left) < 2 && Math.abs(a.top - b.top) < 2;

export function useTie(on: boolean): Tie {
  const tied = useRef(on);
  tied.current = on;
  return useMemo(() => {
    const nodes: (HTMLElement | null)[] = [null, null];
    const set: (Point | null)[] = [null, null]; // where the tie itself has put a pane: its scrolling there is nobody's
    let apart: Point = { left: 0, top: 0 };
    const align = () => {
      const [one, two] = nodes;
      if (one && two)
        apart = { left: two.scrollLeft - one.scrollLeft, top: two.scrollTop - one.scrollTop };
    };
    return {
      align,
      attach: (pane, node) => {
        nodes[pane] = node;
        align();
      },
      moved: (pane) => {
        const [own, other] = [nodes[pane], nodes[1 - pane]];
        if (!own || !other) return;
        const put = set[pane];
        set[pane] = null;
        if (put && same(put, at(own))) return;
        if (!tied.current) return align();
        const way = pane === 0 ? 1 : -1;
        const wanted = {
          left: own.scrollLeft + way * apart.left,
          top: own.scrollTop + way * apart.top,
        };
        if (same(wanted, at(other))) return;
        other.scrollTo({ ...wanted, behavior: "instant" });
        set[1 - pane] = at(other);
      },
    };
  }, []);
}
