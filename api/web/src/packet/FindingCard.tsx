import { Checkbox } from "antd";
import { Link } from "react-router";
import type { Judgement } from "../api/cases";
import type { Evidence, Finding } from "../api/report";
import { money, percent } from "../app/figures";
import { useWords } from "../app/language";
import { useMay } from "../app/me";
import { SeverityTag } from "../parts/Band";
import { Judge } from "./Judge";
import { useView } from "./shown";

interface Props {
  finding: Finding;
  judgement: Judgement | undefined;
  left: boolean;
  toggle: () => void;
  next: () => void;
}

export function FindingCard({ finding, judgement, left, toggle, next }: Props) {
  const { t, say } = useWords();
  const { shown, act } = useView();
  const mayJudge = useMay("cases:work");
  const open = shown.finding === finding.fingerprint;
  return (
    <article
      className={`finding severity-edge-${finding.severity}${open ? " open" : ""}`}
      data-finding={finding.fingerprint}
    >
      <button
        type="button"
        className="finding-head"
        aria-expanded={open}
        onClick={() => act({ kind: "finding", finding })}
      >
        <span className="finding-tags">
          <SeverityTag severity={finding.severity} />
          {finding.proof && <span className="tag plain">{t("findings.proof")}</span>}
          {judgement && (
            <span className={`tag verdict-${judgement.verdict}`}>
              {t(`verdict.${judgement.verdict}`)}
            </span>
          )}
          <span className="faint">{finding.rule}</span>
        </span>
        <span className="finding-message">{say(finding.message)}</span>
      </button>
      {open && (
        <div className="finding-body">
          <Figures finding={finding} />
          <Places title={t("findings.evidence")} places={finding.evidence} finding={finding} />
          {finding.against.length > 0 && (
            <Places title={t("findings.against")} places={finding.against} finding={finding} />
          )}
          <Told title={t("findings.innocent")} text={say(finding.innocent_explanations)} strong />
          <Told title={t("findings.question")} text={say(finding.question)} />
          <Told title={t("findings.paper")} text={say(finding.paper_to_ask_for)} />
          <div className="row between">
            <Checkbox checked={left} onChange={toggle}>
              {t("findings.leave_out")}
            </Checkbox>
            <Link to={`/administration/rules?rule=${finding.rule}`}>
              {t("findings.rule", { rule: finding.rule })}
            </Link>
          </div>
          {mayJudge && <Judge finding={finding} judgement={judgement} next={next} />}
        </div>
      )}
    </article>
  );
}

function Figures({ finding }: { finding: Finding }) {
  const { t } = useWords();
  const shown = (["expected", "observed", "difference"] as const).filter((k) => finding[k]);
  return (
    <dl className="facts">
      {shown.map((k) => (
        <div key={k}>
          <dt className="label">{t(`findings.${k}`)}</dt>
          <dd className="figure">{money(finding[k])}</dd>
        </div>
      ))}
      <div>
        <dt className="label">{t("word.confidence")}</dt>
        <dd className="figure">{percent(finding.confidence)}</dd>
      </div>
    </dl>
  );
}

function Places({
  title,
  places,
  finding,
}: {
  title: string;
  places: Evidence[];
  finding: Finding;
}) {
  const { t, orRaw } = useWords();
  const { act, documents } = useView();
  return (
    <div className="places">
      <h3>{title}</h3>
      <ul>
        {places.map((e, n) => {
          const paper = documents.get(e.document);
          const name = paper ? orRaw(`paper.${paper.type}`, paper.type) : e.packet || e.file;
          return (
            <li key={n}>
              <button
                type="button"
                disabled={!paper}
                onClick={() => act({ kind: "finding", finding, evidence: e })}
              >
                <span className="place-paper">{name}</span>
                <span className="faint">
                  {t(e.packet ? "findings.page" : "findings.row", { page: e.page })}
                </span>
                <span className="place-text">{e.text}</span>
              </button>
              {!paper && e.packet && <span className="faint">{t("findings.elsewhere")}</span>}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function Told({ title, text, strong }: { title: string; text: string; strong?: boolean }) {
  if (!text) return null;
  return (
    <div className={strong ? "told strong" : "told"}>
      <h3>{title}</h3>
      <p>{text}</p>
    </div>
  );
}
