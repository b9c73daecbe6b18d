import { useWords } from "../../app/language";
import type { Difference } from "../compare";
import { labelOf } from "../entries";
import type { Place } from "../shown";
import { percent } from "./Boxes";

interface Props {
  pane: number;
  place: Place;
  items: Difference[];
  chosen: string | null;
  jump: (key: string) => void;
}

/** The places on a page that differ from the page beside it, under the numbers of the list; those of one place stand in one frame. */
export function DifferenceBoxes({ pane, place, items, chosen, jump }: Props) {
  const { t, orRaw } = useWords();
  const places = new Map<string, { number: number; found: Difference }[]>();
  items.forEach((found, n) => {
    const spot = found.at[pane];
    if (spot?.page === place.page)
      places.set(spot.box.join(), [
        ...(places.get(spot.box.join()) ?? []),
        { number: n + 1, found },
      ]);
  });
  return [...places.entries()].map(([key, here]) => {
    const at = here.findIndex((h) => h.found.key === chosen);
    const next = here[(at + 1) % here.length].found;
    const told = here
      .map(({ found }) =>
        `${labelOf(found.words, orRaw)} ${found.left || t("compare.nothing")} | ${found.right || t("compare.nothing")}`.trim(),
      )
      .join("；");
    return (
      <button
        key={key}
        type="button"
        className={`differ${at >= 0 ? " chosen" : ""}`}
        style={percent(here[0].found.at[pane]?.box ?? [0, 0, 0, 0])}
        title={told}
        aria-label={`${t("compare.difference", { n: here[0].number })}: ${told}`}
        aria-pressed={at >= 0}
        onClick={() => jump(next.key)}
      >
        <span aria-hidden>{here[0].number}</span>
      </button>
    );
  });
}
