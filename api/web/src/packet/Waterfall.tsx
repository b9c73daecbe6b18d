import type { Contribution, Report } from "../api/report";
import { points } from "../app/figures";
import { useWords } from "../app/language";
import { causesOf } from "./causes";
import { useView } from "./shown";

interface Bar {
  part: Contribution;
  from: number;
  to: number;
}

/** Where each contribution begins and ends on the way from nothing to the score. */
export function barsOf(parts: Contribution[]): Bar[] {
  let at = 0;
  return parts.map((part) => {
    const from = at;
    at = Math.round((at + part.points) * 10) / 10;
    return { part, from, to: at };
  });
}

/** The contributions in the order of the list of findings, between the base and the ends of the scale. */
export function partsInOrder(report: Report): Contribution[] {
  const places = causesOf(report).flatMap((c) => c.rows.map((r) => `${c.group}\n${r.rule}`));
  const of = (part: Contribution) => places.indexOf(`${part.group}\n${part.rule}`);
  const parts = report.risk.contributions;
  const own = parts.filter((p) => of(p) >= 0).sort((a, b) => of(a) - of(b));
  return [
    ...parts.filter((p) => p.rule === "base"),
    ...own,
    ...parts.filter((p) => p.rule !== "base" && of(p) < 0),
  ];
}

/** The score as the sum of its parts; each bar opens its findings. */
export function Waterfall() {
  const { t, say } = useWords();
  const { report, act } = useView();
  const { score, policy_version } = report.risk;
  const bars = barsOf(partsInOrder(report));
  const span = Math.max(100, ...bars.map((b) => Math.max(b.from, b.to)));
  const titles = new Map(report.checks.map((c) => [c.rule, c.title]));
  const finding = (part: Contribution) =>
    report.findings.find((f) => part.findings.includes(f.fingerprint));
  return (
    <div className="sheet">
      <p className="faint">{t("score.how", { policy: policy_version })}</p>
      <ol className="waterfall">
        {bars.map(({ part, from, to }) => {
          const opens = finding(part);
          const bar = {
            left: `${(Math.min(from, to) / span) * 100}%`,
            width: `${Math.max(0.6, (Math.abs(to - from) / span) * 100)}%`,
          };
          return (
            <li key={part.rule + part.group}>
              <button
                type="button"
                disabled={!opens}
                title={say(part.sentence)}
                onClick={() => opens && act({ kind: "finding", finding: opens })}
              >
                <span className="water-words">{say(titles.get(part.rule) ?? part.sentence)}</span>
                <span className="water-track" aria-hidden>
                  <i
                    className={part.rule === "base" ? "base" : part.points < 0 ? "down" : "up"}
                    style={bar}
                  />
                </span>
                <span className="figure">
                  {part.points < 0 ? points(part.points) : `+${points(part.points)}`}
                </span>
              </button>
            </li>
          );
        })}
        <li className="water-total">
          <span className="water-words">{t("word.score")}</span>
          <span className="water-track" aria-hidden>
            <i className="total" style={{ left: 0, width: `${(score / span) * 100}%` }} />
          </span>
          <b className="figure">{points(score)}</b>
        </li>
      </ol>
      <p className="faint">{t("score.person")}</p>
    </div>
  );
}
