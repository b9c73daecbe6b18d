import type { Box, Evidence, Finding } from "../../api/report";
import { useWords } from "../../app/language";
import { useView, type Place } from "../shown";

interface Mark {
  finding: Finding;
  evidence: Evidence;
  against: boolean;
}

export const percent = (box: Box) => ({
  left: `${box[0] * 100}%`,
  top: `${box[1] * 100}%`,
  width: `${(box[2] - box[0]) * 100}%`,
  height: `${(box[3] - box[1]) * 100}%`,
});

/** The marks of a page by place: several findings may stand on the same figure. */
export function marksOn(findings: Finding[], place: Place): Mark[][] {
  const here = (e: Evidence) => e.document === place.document && e.page === place.page;
  const marks = findings.flatMap((finding): Mark[] => [
    ...finding.evidence.filter(here).map((evidence) => ({ finding, evidence, against: false })),
    ...finding.against.filter(here).map((evidence) => ({ finding, evidence, against: true })),
  ]);
  const places = new Map<string, Mark[]>();
  for (const mark of marks)
    places.set(mark.evidence.box.join(), [...(places.get(mark.evidence.box.join()) ?? []), mark]);
  return [...places.values()];
}

/** The places of findings on a page; each opens its finding, and the next one there when pressed again. The place looked at is framed too. */
export function Boxes({ place }: { place: Place }) {
  const { t, say } = useWords();
  const { report, shown, act } = useView();
  const places = marksOn(report.findings, place);
  const plain =
    place.box && !places.some((marks) => marks[0].evidence.box.join() === place.box?.join());
  return (
    <>
      {places.map((marks) => {
        const at = marks.findIndex((m) => m.finding.fingerprint === shown.finding);
        const mark = marks[Math.max(0, at)];
        const next = marks[(at + 1) % marks.length];
        const told = marks.map((m) => say(m.finding.message)).join("；");
        return (
          <button
            type="button"
            key={mark.evidence.box.join()}
            className={`mark severity-${mark.finding.severity}${mark.against ? " against" : ""}${at >= 0 ? " chosen" : ""}`}
            style={percent(mark.evidence.box)}
            title={told}
            aria-label={`${t("word.finding")}: ${told}`}
            aria-pressed={at >= 0}
            onClick={() => act({ kind: "finding", finding: next.finding, evidence: next.evidence })}
          />
        );
      })}
      {plain && place.box && <i className="mark-plain" style={percent(place.box)} />}
    </>
  );
}
