import type { Contribution } from "../api/report";
import { points } from "../app/figures";
import { useWords } from "../app/language";
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

/** The score as the sum of its parts; each bar opens its findings. */
export function Waterfall() {
  const { t, say } = useWords();
  const { report, act } = useView();
  const { score, contributions, policy_version } = report.risk;
  const bars = barsOf(contributions);
  const span = Math.max(100, ...bars.map((b) => Math.max(b.from, b.to)));
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
                onClick={() => opens && act({ kind: "finding", finding: opens })}
              >
                <span className="water-words">
                  {say(part.sentence)}{" "}
                  <span className="faint">{part.rule === "base" ? "" : part.rule}</span>
                </span>
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
