import { Tooltip } from "antd";
import type { Judgement } from "../api/cases";
import { points } from "../app/figures";
import { useWords } from "../app/language";
import { SeverityMark } from "../parts/Band";
import type { Cause, Row } from "./causes";
import { useView } from "./shown";

interface Props {
  causes: Cause[];
  judgements: Map<string, Judgement>;
}

/** The findings as lines under their causes, the weightiest first. */
export function CauseList({ causes, judgements }: Props) {
  const { t, say } = useWords();
  return (
    <ol className="causes">
      {causes.map((cause) => (
        <li key={cause.group} className={cause.rows.length > 1 ? "cause several" : "cause"}>
          {cause.rows.length > 1 && (
            <h2 className="cause-head">
              <span>
                {t("findings.cause", { title: say(cause.title), count: cause.rows.length })}
              </span>
              <span className="figure" title={t("findings.points")}>
                {points(cause.points)}
              </span>
            </h2>
          )}
          <ul>
            {cause.rows.map((row) => (
              <Line key={row.rule} row={row} judgements={judgements} />
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}

function Line({ row, judgements }: { row: Row; judgements: Map<string, Judgement> }) {
  const { t, say } = useWords();
  const { shown, act } = useView();
  const at = row.findings.find((f) => f.fingerprint === shown.finding);
  const finding = at ?? row.findings[0];
  const judged = row.findings.filter((f) => judgements.has(f.fingerprint)).length;
  const verdicts = new Set(row.findings.map((f) => judgements.get(f.fingerprint)?.verdict));
  const [verdict] = verdicts;
  return (
    <li className={at ? "finding-row open" : "finding-row"} data-rule={row.rule}>
      <Tooltip title={say(finding.message)} placement="right" mouseEnterDelay={0.6}>
        <button
          type="button"
          className="finding-head"
          aria-current={Boolean(at)}
          onClick={() => act({ kind: "finding", finding })}
        >
          <SeverityMark severity={finding.severity} />
          <span className="finding-line">{say(finding.message)}</span>
          {row.findings.length > 1 && <span className="tag plain">×{row.findings.length}</span>}
          {verdicts.size === 1 && verdict ? (
            <span className={`tag verdict-${verdict}`}>{t(`verdict.${verdict}`)}</span>
          ) : (
            judged > 0 && (
              <span className="tag plain">
                {judged}/{row.findings.length}
              </span>
            )
          )}
          <span className="figure">{points(row.points)}</span>
        </button>
      </Tooltip>
    </li>
  );
}
