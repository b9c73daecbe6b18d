import { Tabs } from "antd";
import type { Packet } from "../api/packets";
import type { Outcome } from "../api/report";
import { useWords } from "../app/language";
import { focusOn } from "../keyboard/focus";
import { useKeys } from "../keyboard/Keys";
import { Changes } from "./Changes";
import { Decision } from "./Decision";
import { Fields } from "./Fields";
import { Findings } from "./Findings";
import { NotChecked } from "./NotChecked";
import { Reconciliation } from "./Reconciliation";
import { useView } from "./shown";
import { Waterfall } from "./Waterfall";

const OPEN = new Set<Outcome>(["reading_in_doubt", "not_checked", "error"]);

/** The sheets beside the papers. */
export function Sheets({ packet }: { packet: Packet }) {
  const { t } = useWords();
  const { shown, act, report } = useView();
  const unchecked = report.checks.filter((c) => OPEN.has(c.outcome)).length;
  const sheets = [
    {
      key: "findings",
      label: `${t("sheet.findings")} ${report.findings.length}`,
      children: <Findings />,
    },
    { key: "score", label: t("sheet.score"), children: <Waterfall /> },
    { key: "fields", label: t("sheet.fields"), children: <Fields packet={packet} /> },
    { key: "reconciliation", label: t("sheet.reconciliation"), children: <Reconciliation /> },
    { key: "open", label: `${t("sheet.open")} ${unchecked}`, children: <NotChecked /> },
    { key: "changes", label: t("sheet.changes"), children: <Changes packet={packet} /> },
    { key: "decision", label: t("sheet.decision"), children: <Decision packet={packet} /> },
  ];
  const open = (tab: string) => {
    act({ kind: "tab", tab });
    focusOn(".sheets [role=tab][aria-selected=true]", true);
  };
  useKeys(sheets.map((s, n) => ({ keys: `t ${n + 1}`, label: s.label, act: () => open(s.key) })));
  return (
    <Tabs
      className="sheets"
      size="small"
      activeKey={shown.tab}
      onChange={(tab) => act({ kind: "tab", tab })}
      items={sheets}
      destroyOnHidden
    />
  );
}
