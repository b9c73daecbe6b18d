import type { Box, Evidence, Finding } from "../../api/report";
import { useWords } from "../../app/language";
import { useView, type Place } from "../shown";

interface Mark {
  finding: Finding;
  evidence: Evidence;
  against: boolean;
}

const percent = (box: Box) => ({ left: `${box[0] * 100}%`, top: `${box[1] * 100}%`, width: `${(box[2] - box[0]) * 100}%`, height: `${(box[3] - box[1]) * 100}%` });

/** The places of findings on a page; each opens its finding. The place looked at is framed too. */
export function Boxes({ place }: { place: Place }) {
  const { t, say } = useWords();
  const { report, shown, act } = useView();
  const here = (e: Evidence) => e.document === place.document && e.page === place.page;
  const marks = report.findings.flatMap((finding): Mark[] => [
    ...finding.evidence.filter(here).map((evidence) => ({ finding, evidence, against: false })),
    ...finding.against.filter(here).map((evidence) => ({ finding, evidence, against: true })),
  ]);
  const plain = place.box && !marks.some((m) => m.evidence.box.join() === place.box?.join());
  return (
    <>
      {marks.map((m, n) => (
        <button
          type="button"
          key={n}
          className={`mark severity-${m.finding.severity}${m.against ? " against" : ""}${shown.finding === m.finding.fingerprint ? " chosen" : ""}`}
          style={percent(m.evidence.box)}
          title={say(m.finding.message)}
          aria-label={`${t("word.finding")}: ${say(m.finding.message)}`}
          aria-pressed={shown.finding === m.finding.fingerprint}
          onClick={() => act({ kind: "finding", finding: m.finding, evidence: m.evidence })}
        />
      ))}
      {plain && place.box && <i className="mark-plain" style={percent(place.box)} />}
    </>
  );
}
