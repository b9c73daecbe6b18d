import { Segmented, Table } from "antd";
import { useState } from "react";
import type { Check, Outcome } from "../api/report";
import { useWords } from "../app/language";
import { useView } from "./shown";

const OUTCOMES: Outcome[] = ["not_checked", "error", "not_applicable", "hit", "clear"];

/** What was not checked and why comes first: a missing paper is never a pass. */
export function NotChecked() {
  const { t, say, orRaw } = useWords();
  const { report } = useView();
  const first = report.checks.some((c) => c.outcome === "not_checked" || c.outcome === "error") ? "not_checked" : "clear";
  const [outcome, setOutcome] = useState<Outcome>(first);
  const count = (o: Outcome) => report.checks.filter((c) => c.outcome === o).length;
  return (
    <div className="sheet">
      <div className="scroll-x">
        <Segmented size="small" value={outcome} onChange={setOutcome} options={OUTCOMES.filter((o) => count(o) > 0).map((o) => ({ value: o, label: `${t(`outcome.${o}`)} ${count(o)}` }))} />
      </div>
      {report.next_papers.length > 0 && (
        <ul className="asks">
          {report.next_papers.map((p) => (
            <li key={p.type}>
              <b>{orRaw(`paper.${p.type}`, p.type)}</b>
              <span>{say(p.why)}</span>
            </li>
          ))}
        </ul>
      )}
      <Table<Check>
        size="small"
        rowKey="rule"
        pagination={false}
        dataSource={report.checks.filter((c) => c.outcome === outcome)}
        columns={[
          { title: t("word.rule"), dataIndex: "rule", width: 70 },
          { title: t("word.check"), render: (_, c) => say(c.title) },
          { title: t("word.why"), render: (_, c) => <span className="faint">{say(c.reason_text)}</span> },
        ]}
      />
    </div>
  );
}
