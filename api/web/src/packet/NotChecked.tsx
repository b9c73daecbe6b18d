import { Segmented, Table } from "antd";
import { useState } from "react";
import type { Check, Outcome } from "../api/report";
import { useWords } from "../app/language";
import { useView } from "./shown";

const OUTCOMES: Outcome[] = [
  "reading_in_doubt",
  "not_checked",
  "error",
  "not_applicable",
  "hit",
  "clear",
];

/** What was not checked and why comes first: a missing paper is never a pass. */
export function NotChecked() {
  const { t, say, orRaw } = useWords();
  const { report } = useView();
  const first = OUTCOMES.find((o) => report.checks.some((c) => c.outcome === o)) ?? "clear";
  const [outcome, setOutcome] = useState<Outcome>(first);
  const count = (o: Outcome) => report.checks.filter((c) => c.outcome === o).length;
  return (
    <div className="sheet">
      <div className="scroll-x">
        <Segmented
          size="small"
          value={outcome}
          onChange={setOutcome}
          options={OUTCOMES.filter((o) => count(o) > 0).map((o) => ({
            value: o,
            label: `${t(`outcome.${o}`)} ${count(o)}`,
          }))}
        />
      </div>
      {report.next_papers.length > 0 && (
        <ul className="asks">
          {report.next_papers.map((p, n) => (
            <li key={`${p.type} ${n}`}>
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
          { title: t("word.why"), render: (_, c) => <Why check={c} /> },
        ]}
      />
    </div>
  );
}

/** Why a check has no result; where the reading is in doubt, the files and pages to look at. */
function Why({ check }: { check: Check }) {
  const { t, say } = useWords();
  const places = (check.doubts ?? []).flatMap((d) =>
    d.evidence.map((e) => `${e.file} · ${e.page}`),
  );
  return (
    <span className="faint">
      {say(check.reason_text)}
      {places.length > 0 && ` ${t("word.look_at")}: ${[...new Set(places)].join(", ")}`}
    </span>
  );
}
