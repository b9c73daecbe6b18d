import { CaretDownOutlined, CaretUpOutlined } from "@ant-design/icons";
import { Table } from "antd";
import { useEffect, useRef } from "react";
import { Link } from "react-router";
import type { Case, CaseFilter } from "../api/cases";
import type { Say } from "../api/report";
import { age, money } from "../app/figures";
import { useWords } from "../app/language";
import { BandTag, Score } from "../parts/Band";
import { Nothing } from "../parts/States";

interface Props {
  rows: Case[];
  at: number;
  chosen: string[];
  choose: (ids: string[]) => void;
  open: (row: Case) => void;
  order: Order;
  sort: (order: Order) => void;
}

type Order = NonNullable<CaseFilter["order"]>;

export function CaseTable({ rows, at, chosen, choose, open, order, sort }: Props) {
  const { t, lang, say } = useWords();
  const table = useRef<HTMLDivElement>(null);
  useEffect(() => {
    table.current?.querySelector(".at")?.scrollIntoView({ block: "nearest" });
  }, [at]);
  const reasonOf = (row: Case) => say(row.reason as unknown as Say);
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
            title: (
              <Sorted label={t("word.score")} on={order === "score"} by={() => sort("score")} />
            ),
            align: "right",
            width: 84,
            render: (_, c) => <Score value={c.score} band={c.band} />,
          },
          { title: t("word.band"), width: 100, render: (_, c) => <BandTag band={c.band} /> },
          {
            title: t("word.reference"),
            width: 108,
            ellipsis: true,
            render: (_, c) => <Link to={`/packets/${c.packet_id}`}>{c.reference}</Link>,
          },
          {
            title: t("word.applicant"),
            width: 160,
            ellipsis: { showTitle: false },
            render: (_, c) => <span title={c.applicant}>{c.applicant}</span>,
          },
          {
            title: t("queue.reason"),
            ellipsis: { showTitle: false },
            render: (_, c) => <span title={reasonOf(c)}>{reasonOf(c)}</span>,
          },
          {
            title: t("word.amount"),
            align: "right",
            width: 108,
            render: (_, c) => <span className="figure">{money(c.amount)}</span>,
          },
          {
            title: t("word.branch"),
            width: 84,
            ellipsis: { showTitle: false },
            render: (_, c) => <span title={c.branch}>{c.branch || "—"}</span>,
          },
          {
            title: t("word.state"),
            width: 110,
            render: (_, c) => (
              <span title={c.assignee_name}>
                {t(`case_state.${c.state}`)}
                {c.assignee && <span className="faint"> {c.assignee_name}</span>}
              </span>
            ),
          },
          {
            title: (
              <Sorted
                label={t("word.age")}
                on={order === "newest" || order === "oldest"}
                up={order === "oldest"}
                by={() => sort(order === "newest" ? "oldest" : "newest")}
              />
            ),
            width: 96,
            render: (_, c) => age(c.opened_at, lang),
          },
        ]}
      />
    </div>
  );
}

interface SortedProps {
  label: string;
  on: boolean;
  up?: boolean;
  by: () => void;
}

/** A head of a column by which the queue is sorted when it is pressed. */
function Sorted({ label, on, up = false, by }: SortedProps) {
  const Sign = up ? CaretUpOutlined : CaretDownOutlined;
  return (
    <button type="button" className="sorted" aria-pressed={on} onClick={by}>
      {label} <Sign aria-hidden className={on ? "" : "off"} />
    </button>
  );
}
