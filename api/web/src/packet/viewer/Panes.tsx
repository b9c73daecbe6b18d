import { useEffect, useState } from "react";
import { useWords } from "../../app/language";
import { focusOn } from "../../keyboard/focus";
import { useKeys } from "../../keyboard/Keys";
import { useView } from "../shown";
import { besideOf } from "./beside";
import { Differences } from "./Differences";
import { useTie } from "./tie";
import { useDifferences, usePapers } from "./useDifferences";
import { Viewer, type Look } from "./Viewer";

const FIRST: Look = { zoom: 1, turns: 0, cutting: false, heat: null };

/** One page, or two side by side: zoomed, turned and scrolled as one while they are tied, with what differs drawn on both. */
export function Panes() {
  const { t } = useWords();
  const { shown, report, act } = useView();
  const { panes } = shown;
  const [looks, setLooks] = useState<Look[]>([FIRST, FIRST]);
  const [tied, setTied] = useState(true);
  const [chosen, setChosen] = useState<string | null>(null);
  const two = panes.length > 1;
  const tie = useTie(two && tied);
  useEffect(() => {
    // Half the room: the two begin whole, one as large as the other.
    if (two) setLooks((all) => all.map((look) => ({ ...look, zoom: 1 })));
  }, [two]);
  const papers = [usePapers(panes[0]), usePapers(panes[1] ?? panes[0])];
  const compared = useDifferences(panes, report.documents, two ? papers[1] : undefined);
  const setLook = (pane: number) => (change: (look: Look) => Look) =>
    setLooks((all) => {
      const next = change(all[pane]);
      return all.map((look, n) =>
        n === pane ? next : tied ? { ...look, zoom: next.zoom, turns: next.turns } : look,
      );
    });
  const turnTie = () => {
    if (!tied) setLooks(([one, other]) => [one, { ...other, zoom: one.zoom, turns: one.turns }]);
    setTied(!tied);
  };
  const jump = (key: string) => {
    const found = compared.items.find((d) => d.key === key);
    if (!found) return;
    setChosen(key);
    act({
      kind: "jump",
      panes: panes.map((p, n) => ({
        document: p.document,
        version: p.version,
        page: found.at[n]?.page ?? p.page,
        box: found.at[n]?.box,
      })),
    });
  };
  const turnSide = () => {
    act({ kind: "side", place: two ? null : besideOf(report, shown.finding, panes[0]) });
    focusOn(".viewer-tools.first button");
  };
  useKeys([{ keys: "s", label: t("viewer.side"), act: turnSide }]);
  return (
    <div className={`panes panes-${panes.length}`}>
      {two && (
        <Differences
          compared={compared}
          chosen={chosen}
          jump={jump}
          tied={tied}
          turnTie={turnTie}
        />
      )}
      {panes.map((place, n) => (
        <Viewer
          key={n}
          pane={n}
          place={place}
          papers={papers[n]}
          look={looks[n]}
          setLook={setLook(n)}
          tie={tie}
          alone={!two}
          differences={two ? compared.items : []}
          chosen={chosen}
          jump={jump}
          turnSide={turnSide}
        />
      ))}
    </div>
  );
}
