import {
  CheckCircleOutlined,
  ExclamationCircleFilled,
  MinusCircleOutlined,
} from "@ant-design/icons";
import type { Reconciled } from "../api/report";
import { money } from "../app/figures";
import { useWords } from "../app/language";
import { Nothing } from "../parts/States";
import { apart } from "./apart";
import { useView } from "./shown";

const SIGNS = {
  agrees: CheckCircleOutlined,
  differs: ExclamationCircleFilled,
  one_source: MinusCircleOutlined,
};

/** A table of figures by source: how far apart they are, how far they may be, and what follows. */
export function Reconciliation() {
  const { t } = useWords();
  const { report } = useView();
  const rows = report.reconciliation;
  if (!rows.length) return <Nothing>{t("reconciliation.none")}</Nothing>;
  return (
    <div className="sheet">
      <p className="faint">{t("reconciliation.how")}</p>
      <table className="matrix">
        <thead>
          <tr>
            <th>{t("reconciliation.figure")}</th>
            <th>{t("reconciliation.source")}</th>
            <th className="right">{t("reconciliation.value")}</th>
            <th className="right">{t("findings.difference")}</th>
            <th className="right">%</th>
          </tr>
        </thead>
        {rows.map((row) => (
          <Figure key={row.figure} row={row} />
        ))}
      </table>
    </div>
  );
}

/** The sources of one figure, each set against the first of them. */
function Figure({ row }: { row: Reconciled }) {
  const { t, say, orRaw } = useWords();
  const { act, documents } = useView();
  const open = (id: string) => {
    const paper = documents.get(id);
    if (paper) act({ kind: "look", place: { document: id, page: paper.pages[0] } });
  };
  return (
    <tbody className={`outcome-${row.outcome}`}>
      {row.sources.map((source, n) => {
        const gap = n > 0 ? apart(row.sources[0].value, source.value) : null;
        return (
          <tr key={`${source.name}${n}`}>
            {n === 0 && (
              <th rowSpan={row.sources.length} scope="rowgroup">
                {say(row.title)}
                <OutcomeTag row={row} />
                <span className="faint">
                  {t("reconciliation.tolerance", { tolerance: row.tolerance })}
                </span>
                {row.left_out.length > 0 && (
                  <span className="faint">
                    {t("reconciliation.left_out")}{" "}
                    {row.left_out.map((x) => `${say(x.why)} ${money(x.value)}`).join(" · ")}
                  </span>
                )}
              </th>
            )}
            <td>
              <button
                type="button"
                onClick={() => open(source.document)}
                disabled={!documents.has(source.document)}
              >
                {orRaw(`source.${source.name}`, source.name)}
              </button>
              <span className="faint">{say(source.note)}</span>
            </td>
            <td className="figure">{money(source.value)}</td>
            <td className="figure">{gap ? money(gap.difference) : ""}</td>
            <td className="figure">{gap?.share ?? ""}</td>
          </tr>
        );
      })}
    </tbody>
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
