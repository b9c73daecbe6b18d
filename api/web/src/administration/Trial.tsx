import { Table } from "antd";
import { Link } from "react-router";
import { points } from "../app/figures";
import { useWords } from "../app/language";
import { BandTag } from "../parts/Band";
import type { BackTest } from "./policy";

/** What a draft would have changed on past packets: moves between bands, and the packets that change. */
export function Trial({ trial }: { trial: BackTest }) {
  const { t } = useWords();
  return (
    <div className="trial">
      <p>{t("policy.came_to", { packets: trial.packets ?? 0, left: trial.left_out ?? 0 })}</p>
      <Table
        size="small"
        rowKey={(m) => m.before + m.after}
        pagination={false}
        dataSource={trial.moves ?? []}
        columns={[
          { title: t("policy.before"), render: (_, m) => <BandTag band={m.before} /> },
          { title: t("policy.after"), render: (_, m) => <BandTag band={m.after} /> },
          { title: t("policy.packets"), dataIndex: "count", align: "right" },
        ]}
      />
      {(trial.changed ?? []).length > 0 && (
        <Table
          size="small"
          rowKey="packet"
          pagination={{ pageSize: 10, hideOnSinglePage: true, showSizeChanger: false }}
          dataSource={trial.changed}
          columns={[
            {
              title: t("word.reference"),
              render: (_, c) => <Link to={`/packets/${c.packet}`}>{c.reference}</Link>,
            },
            {
              title: t("word.score"),
              render: (_, c) => `${points(c.before?.score)} → ${points(c.after?.score)}`,
            },
            { title: t("policy.gone"), align: "right", render: (_, c) => c.gone.length },
            { title: t("policy.new"), align: "right", render: (_, c) => c.new.length },
          ]}
        />
      )}
    </div>
  );
}
