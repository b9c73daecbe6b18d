import {
  CheckCircleOutlined,
  ExclamationCircleFilled,
  MinusCircleOutlined,
} from "@ant-design/icons";
import type { Reconciled } from "../api/report";
import { money } from "../app/figures";
import { useWords } from "../app/language";
import { Nothing } from "../parts/States";
import { useView } from "./shown";

const SIGNS = {
  agrees: CheckCircleOutlined,
  differs: ExclamationCircleFilled,
  one_source: MinusCircleOutlined,
};

/** One figure a row, one paper a column: the same figure as each source tells it. */
export function Reconciliation() {
  const { t, say, orRaw } = useWords();
  const { report, act, documents } = useView();
  const rows = report.reconciliation;
  if (!rows.length) return <Nothing>{t("reconciliation.none")}</Nothing>;
  const open = (id: string) => {
    const paper = documents.get(id);
    if (paper) act({ kind: "look", place: { document: id, page: paper.pages[0] } });
  };
  return (
    <div className="sheet">
      <p className="faint">{t("reconciliation.how")}</p>
      {rows.map((row) => (
        <section key={row.figure} className={`matrix outcome-${row.outcome}`}>
          <h2>
            {say(row.title)} <OutcomeTag row={row} />{" "}
            <span className="faint">
              {t("reconciliation.tolerance", { tolerance: row.tolerance })}
            </span>
          </h2>
          <div className="matrix-cells">
            {row.sources.map((source) => (
              <button
                type="button"
                key={source.name}
                onClick={() => open(source.document)}
                disabled={!documents.has(source.document)}
              >
                <span className="label">{orRaw(`source.${source.name}`, source.name)}</span>
                <b className="figure">{money(source.value)}</b>
                <span className="faint">{say(source.note)}</span>
              </button>
            ))}
          </div>
          {row.left_out.length > 0 && (
            <p className="faint">
              {t("reconciliation.left_out")}{" "}
              {row.left_out.map((x) => `${say(x.why)} ${money(x.value)}`).join(" · ")}
            </p>
          )}
        </section>
      ))}
    </div>
  );
}

function OutcomeTag({ row }: { row: Reconciled }) {
  const { orRaw } = useWords();
  const Sign = SIGNS[row.outcome as keyof typeof SIGNS] ?? MinusCircleOutlined;
  return (
    <span className={`tag outcome-tag-${row.outcome}`}>
      <Sign aria-hidden /> {orRaw(`reconciled.${row.outcome}`, row.outcome)}
    </span>
  );
}
