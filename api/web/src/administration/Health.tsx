import { useQuery } from "@tanstack/react-query";
import { Table } from "antd";
import type { ReactNode } from "react";
import { getOperation } from "../api/administration";
import { moment } from "../app/figures";
import { useWords } from "../app/language";
import { Panel } from "../parts/Page";
import { Loaded } from "../parts/States";

/** Whether the service is well: queue, workers, isolation. */
export function Health() {
  const { t, lang } = useWords();
  const operation = useQuery({
    queryKey: ["operation"],
    queryFn: getOperation,
    refetchInterval: 10_000,
  });
  return (
    <Panel title={t("administration.health")}>
      <Loaded query={operation}>
        {(data) => (
          <>
            <dl className="facts spaced">
              <Fact label={t("health.version")}>{data.version}</Fact>
              <Fact label={t("health.isolation_level")}>L{data.isolation_level}</Fact>
              <Fact label={t("health.waiting")}>{data.waiting}</Fact>
              <Fact label={t("health.oldest")}>{moment(data.oldest_waiting_at, lang)}</Fact>
              <Fact label={t("health.running")}>{data.running}</Fact>
              <Fact label={t("health.quarantined")}>{data.quarantined}</Fact>
              <Fact label={t("health.deliveries")}>{data.deliveries_waiting}</Fact>
              <Fact label={t("health.retention")}>
                {data.retention_days
                  ? t("health.days", { days: data.retention_days })
                  : t("health.kept")}
              </Fact>
            </dl>
            <h3>{t("health.workers")}</h3>
            <Table
              size="small"
              rowKey="executor"
              pagination={false}
              dataSource={data.workers}
              columns={[
                { title: t("word.name"), dataIndex: "executor" },
                { title: t("health.version"), dataIndex: "version" },
                { title: t("health.isolation_level"), render: (_, w) => `L${w.isolation_level}` },
                { title: t("health.started"), render: (_, w) => moment(w.started_at, lang) },
                { title: t("health.seen"), render: (_, w) => moment(w.seen_at, lang) },
                {
                  title: t("word.state"),
                  render: (_, w) => (
                    <span className={w.alive ? "good" : "bad"}>
                      {t(w.alive ? "health.alive" : "health.silent")}
                    </span>
                  ),
                },
              ]}
            />
          </>
        )}
      </Loaded>
    </Panel>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt className="label">{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
