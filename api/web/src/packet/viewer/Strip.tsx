import { useEffect, useRef, useState } from "react";
import { pageUrl } from "../../api/packets";
import type { Evidence } from "../../api/report";
import { useWords } from "../../app/language";
import { showWithin } from "../../keyboard/focus";
import { useView } from "../shown";

/** Pixels across that a picture in the strip is drawn at. */
const THUMB_WIDTH = 160;
/** The page in hand is drawn first: the strip's pictures are asked for this much later. */
const AFTER_MS = 1_500;

/** All papers as small pictures, each with how many findings point into it. */
export function Strip() {
  const { t, orRaw } = useWords();
  const { id, revision, report, shown, act } = useView();
  const counts = new Map<string, number>();
  for (const finding of report.findings) {
    const places: Evidence[] = [...finding.evidence, ...finding.against];
    for (const document of new Set(places.map((e) => e.document)))
      counts.set(document, (counts.get(document) ?? 0) + 1);
  }
  const strip = useRef<HTMLElement>(null);
  const at = shown.panes[0].document;
  const [drawing, setDrawing] = useState(false);
  useEffect(() => {
    const later = setTimeout(() => setDrawing(true), AFTER_MS);
    return () => clearTimeout(later);
  }, []);
  useEffect(() => {
    showWithin(strip.current, strip.current?.querySelector("[aria-current=true]"));
  }, [at]);
  return (
    <nav className="strip" aria-label={t("strip.title")} ref={strip} tabIndex={0}>
      {report.documents.map((paper) => {
        const name = orRaw(`paper.${paper.type}`, paper.type);
        const count = counts.get(paper.id) ?? 0;
        return (
          <button
            key={paper.id}
            type="button"
            aria-current={paper.id === at}
            title={count ? `${t("strip.paper", { name, count })} · ${paper.file}` : paper.file}
            onClick={() =>
              act({ kind: "look", place: { document: paper.id, page: paper.pages[0] ?? 1 } })
            }
          >
            <span className="strip-picture">
              {drawing && (
                <img
                  src={pageUrl(id, paper.id, paper.pages[0] ?? 1, THUMB_WIDTH, { revision })}
                  alt=""
                  loading="lazy"
                />
              )}
              {count > 0 && <b>{count}</b>}
            </span>
            <span className="strip-name">{name}</span>
          </button>
        );
      })}
    </nav>
  );
}
