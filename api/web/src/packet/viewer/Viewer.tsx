import { useRef, useState } from "react";
import { cropUrl } from "../../api/packets";
import type { Box } from "../../api/report";
import { useWords } from "../../app/language";
import { useKeys } from "../../keyboard/Keys";
import { Nothing } from "../../parts/States";
import { useView, type Place } from "../shown";
import { zoomed, type Turns } from "./geometry";
import { Sheet } from "./Sheet";
import { Toolbar } from "./Toolbar";

export interface Look {
  zoom: number;
  turns: Turns;
  cutting: boolean;
  heat: string | null;
}

/** A paper's page with the places of findings on it. */
export function Viewer({ pane, place }: { pane: number; place: Place }) {
  const { t } = useWords();
  const { id, documents, act } = useView();
  const [look, setLook] = useState<Look>({ zoom: 1, turns: 0, cutting: false, heat: null });
  const link = useRef<HTMLAnchorElement>(null);
  const paper = documents.get(place.document);
  const go = (page: number) => paper?.pages.includes(page) && act({ kind: "place", pane, place: { document: place.document, page } });
  const zoom = (step: 1 | -1) => setLook((l) => ({ ...l, zoom: zoomed(l.zoom, step) }));
  const turn = () => setLook((l) => ({ ...l, turns: ((l.turns + 1) % 4) as Turns }));
  useKeys(
    pane > 0
      ? []
      : [
          { keys: "]", label: t("viewer.next"), act: () => go(place.page + 1) },
          { keys: "[", label: t("viewer.previous"), act: () => go(place.page - 1) },
          { keys: "+", label: t("viewer.in"), act: () => zoom(1) },
          { keys: "-", label: t("viewer.out"), act: () => zoom(-1) },
          { keys: "r", label: t("viewer.turn"), act: turn },
        ],
  );
  if (!paper) return <Nothing>{t("viewer.none")}</Nothing>;
  const cut = (box: Box) => {
    setLook((l) => ({ ...l, cutting: false }));
    if (!link.current) return;
    link.current.href = cropUrl(id, paper.id, place.page, box);
    link.current.download = `${paper.type}-${place.page}.png`;
    link.current.click();
  };
  return (
    <section className="viewer" aria-label={t("viewer.title", { n: pane + 1 })}>
      <Toolbar pane={pane} place={place} look={look} setLook={setLook} zoom={zoom} turn={turn} go={go} />
      <Sheet key={`${place.document}/${place.page}`} place={place} look={look} cut={cut} />
      <a ref={link} hidden aria-hidden tabIndex={-1} href="#main">
        {t("viewer.cut")}
      </a>
    </section>
  );
}
