import { Table } from "antd";
import { useEffect, useRef } from "react";
import { Link } from "react-router";
import type { Case } from "../api/cases";
import { age, money } from "../app/figures";
import { useWords } from "../app/language";
import { BandTag, Coverage, Score } from "../parts/Band";
import { Nothing } from "../parts/States";

interface Props {
  rows: Case[];
  at: number;
  chosen: string[];
  choose: (ids: string[]) => void;
  open: (row: Case) => void;
}

export function CaseTable({ rows, at, chosen, choose, open }: Props) {
  const { t, lang } = useWords();
  const table = useRef<HTMLDivElement>(null);
  useEffect(() => {
    table.current?.querySelector(".at")?.scrollIntoView({ block: "nearest" });
  }, [at]);
  return (
    <div ref={table}>
      <Table<Case>
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={rows}
        rowClassName={(_, n) => (n === at ? "at clickable" : "clickable")}
        onRow={(row) => ({ onDoubleClick: () => open(row) })}
        rowSelection={{
          selectedRowKeys: chosen,
          onChange: (keys) => choose(keys.map(String)),
          getCheckboxProps: (row) =>
            ({ "aria-label": `${t("keys.choose")} ${row.reference}` }) as object,
          columnTitle: (box) => <span aria-label={t("queue.all")}>{box}</span>,
        }}
        locale={{ emptyText: <Nothing>{t("queue.none")}</Nothing> }}
        columns={[
          {
            title: t("word.score"),
            align: "right",
            width: 84,
            render: (_, c) => <Score value={c.score} band={c.band} />,
          },
          { title: t("word.band"), width: 104, render: (_, c) => <BandTag band={c.band} /> },
          {
            title: t("word.reference"),
            render: (_, c) => <Link to={`/packets/${c.packet_id}`}>{c.reference}</Link>,
          },
          { title: t("word.applicant"), dataIndex: "applicant", width: 250, ellipsis: true },
          { title: t("word.branch"), render: (_, c) => c.branch || "—" },
          {
            title: t("word.amount"),
            align: "right",
            render: (_, c) => <span className="figure">{money(c.amount)}</span>,
          },
          {
            title: t("word.coverage"),
            width: 124,
            render: (_, c) => <Coverage share={c.coverage} />,
          },
          { title: t("word.state"), width: 88, render: (_, c) => t(`case_state.${c.state}`) },
          {
            title: t("word.assignee"),
            width: 92,
            render: (_, c) =>
              c.assignee ? c.assignee_name : <span className="faint">{t("queue.nobody")}</span>,
          },
          { title: t("word.age"), width: 96, render: (_, c) => age(c.opened_at, lang) },
        ]}
      />
    </div>
  );
}
