import { useRef } from "react";
import { cropUrl } from "../../api/packets";
import type { Box, PaperDocument } from "../../api/report";
import { useWords } from "../../app/language";
import { useKeys } from "../../keyboard/Keys";
import { Loading, Nothing } from "../../parts/States";
import type { Difference } from "../compare";
import { keyOf, type Place, stateOf, useView } from "../shown";
import { zoomed, type Turns } from "./geometry";
import { Sheet } from "./Sheet";
import type { Tie } from "./tie";
import { Toolbar } from "./Toolbar";

export interface Look {
  zoom: number;
  turns: Turns;
  cutting: boolean;
  heat: string | null;
}

interface Props {
  pane: number;
  place: Place;
  /** The papers among which the place is; undefined while they are asked for. */
  papers: PaperDocument[] | undefined;
  look: Look;
  setLook: (change: (look: Look) => Look) => void;
  /** Whether no other page is beside it. */
  alone: boolean;
  tie: Tie;
  differences: Difference[];
  chosen: string | null;
  jump: (key: string) => void;
  turnSide: () => void;
}

/** A paper's page with the places of findings on it, and of what differs from the page beside it. */
export function Viewer({ pane, place, papers, look, setLook, turnSide, ...more }: Props) {
  const { t } = useWords();
  const { id, act, revision, revealed } = useView();
  const link = useRef<HTMLAnchorElement>(null);
  const paper = papers?.find((d) => d.id === place.document);
  const go = (page: number) =>
    paper?.pages.includes(page) &&
    act({ kind: "place", pane, place: { document: place.document, page, version: place.version } });
  const at = papers?.findIndex((d) => d.id === place.document) ?? -1;
  const goPaper = (by: 1 | -1) => {
    const next = papers?.[at + by];
    if (next)
      act({
        kind: "place",
        pane,
        place: { document: next.id, page: next.pages[0] ?? 1, version: place.version },
      });
  };
  const fit = () => setLook((l) => ({ ...l, zoom: 1 }));
  const zoom = (step: 1 | -1) => setLook((l) => ({ ...l, zoom: zoomed(l.zoom, step) }));
  const turn = () => setLook((l) => ({ ...l, turns: ((l.turns + 1) % 4) as Turns }));
  useKeys(
    pane > 0
      ? []
      : [
          { keys: "]", label: t("viewer.next"), act: () => go(place.page + 1) },
          { keys: "[", label: t("viewer.previous"), act: () => go(place.page - 1) },
          { keys: "}", label: t("viewer.next_paper"), act: () => goPaper(1) },
          { keys: "{", label: t("viewer.previous_paper"), act: () => goPaper(-1) },
          { keys: "0", label: t("viewer.fit"), act: fit },
          { keys: "+", label: t("viewer.in"), act: () => zoom(1) },
          { keys: "-", label: t("viewer.out"), act: () => zoom(-1) },
          { keys: "r", label: t("viewer.turn"), act: turn },
        ],
  );
  if (!papers) return <Loading />;
  const cut = (box: Box) => {
    setLook((l) => ({ ...l, cutting: false }));
    if (!link.current || !paper) return;
    link.current.href = cropUrl(id, paper.id, place.page, box, {
      ...stateOf(place, revision),
      reveal: revealed,
    });
    link.current.download = `${paper.type}-${place.page}.png`;
    link.current.click();
  };
  return (
    <section className="viewer" aria-label={t("viewer.title", { n: pane + 1 })}>
      <Toolbar
        pane={pane}
        place={place}
        papers={papers}
        look={look}
        setLook={setLook}
        zoom={zoom}
        turn={turn}
        go={go}
        goPaper={goPaper}
        fit={fit}
        turnSide={turnSide}
      />
      {paper ? (
        <Sheet
          key={keyOf(place)}
          pane={pane}
          place={place}
          look={look}
          setLook={setLook}
          cut={cut}
          {...more}
        />
      ) : (
        <Nothing>{t(place.version ? "compare.not_there" : "viewer.none")}</Nothing>
      )}
      <a ref={link} hidden aria-hidden tabIndex={-1} href="#main">
        {t("viewer.cut")}
      </a>
    </section>
  );
}
