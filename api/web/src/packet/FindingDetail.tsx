import { LeftOutlined, RightOutlined } from "@ant-design/icons";
import { Button, Checkbox } from "antd";
import { Link } from "react-router";
import type { Judgement } from "../api/cases";
import type { Evidence, Finding } from "../api/report";
import { money, percent } from "../app/figures";
import { useWords } from "../app/language";
import { useMay } from "../app/me";
import { SeverityTag } from "../parts/Band";
import { figuresOf, type Cause } from "./causes";
import { Judge } from "./Judge";
import { useView } from "./shown";

interface Props {
  finding: Finding;
  cause: Cause;
  judgements: Map<string, Judgement>;
  left: boolean;
  toggle: () => void;
  next: () => void;
}

/** The finding in hand, pinned below the list: what it says, where, what may explain it, and its judgement. */
export function FindingDetail({ finding, cause, judgements, left, toggle, next }: Props) {
  const { t, say } = useWords();
  const mayJudge = useMay("cases:work");
  const judgement = judgements.get(finding.fingerprint);
  return (
    <article
      className={`finding open severity-edge-${finding.severity}`}
      data-finding={finding.fingerprint}
      aria-label={t("findings.detail")}
    >
      <div className="finding-body">
        <div className="finding-tags">
          <SeverityTag severity={finding.severity} />
          {finding.proof && <span className="tag plain">{t("findings.proof")}</span>}
          {judgement && (
            <span className={`tag verdict-${judgement.verdict}`}>
              {t(`verdict.${judgement.verdict}`)}
            </span>
          )}
          <span className="faint">
            {t("word.confidence")} {percent(finding.confidence)}
          </span>
          <Link className="faint" to={`/administration/rules?rule=${finding.rule}`}>
            {t("findings.rule", { rule: finding.rule })}
          </Link>
          <Siblings finding={finding} cause={cause} />
        </div>
        <p className="finding-message">{say(finding.message)}</p>
        <Figures finding={finding} />
        <Places title={t("findings.evidence")} places={finding.evidence} finding={finding} />
        {finding.against.length > 0 && (
          <Places title={t("findings.against")} places={finding.against} finding={finding} beside />
        )}
        {mayJudge && (
          <Judge
            key={finding.fingerprint}
            finding={finding}
            cause={cause}
            judgements={judgements}
            next={next}
          />
        )}
        <Told title={t("findings.innocent")} text={say(finding.innocent_explanations)} strong />
        <Told title={t("findings.question")} text={say(finding.question)} />
        <Told title={t("findings.paper")} text={say(finding.paper_to_ask_for)} />
        <Checkbox checked={left} onChange={toggle}>
          {t("findings.leave_out")}
        </Checkbox>
      </div>
    </article>
  );
}

/** From one place to the next of those that the same rule found. */
function Siblings({ finding, cause }: Pick<Props, "finding" | "cause">) {
  const { t } = useWords();
  const { act } = useView();
  const all = cause.rows.find((r) => r.rule === finding.rule)?.findings ?? [];
  const at = all.findIndex((f) => f.fingerprint === finding.fingerprint);
  if (all.length < 2) return null;
  const go = (to: number) => act({ kind: "finding", finding: all[to] });
  return (
    <span className="siblings">
      <Button
        size="small"
        type="text"
        icon={<LeftOutlined />}
        aria-label={t("keys.previous")}
        disabled={at === 0}
        onClick={() => go(at - 1)}
      />
      <span className="figure">
        {at + 1}/{all.length}
      </span>
      <Button
        size="small"
        type="text"
        icon={<RightOutlined />}
        aria-label={t("keys.next")}
        disabled={at === all.length - 1}
        onClick={() => go(at + 1)}
      />
    </span>
  );
}

function Figures({ finding }: { finding: Finding }) {
  const { t, say } = useWords();
  const message = say(finding.message);
  const unsaid = figuresOf(finding).filter(({ value }) => !message.includes(money(value)));
  if (!unsaid.length) return null;
  return (
    <dl className="facts">
      {unsaid.map(({ label, value }) => (
        <div key={label}>
          <dt className="label">{t(`findings.${label}`)}</dt>
          <dd className="figure">{money(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

interface PlacesProps {
  title: string;
  places: Evidence[];
  finding: Finding;
  /** Opens in the second pane, so that what is in doubt stays to be seen. */
  beside?: boolean;
}

function Places({ title, places, finding, beside = false }: PlacesProps) {
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
                onClick={() => act({ kind: "finding", finding, evidence: e, beside })}
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
