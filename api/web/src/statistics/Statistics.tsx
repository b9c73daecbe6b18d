import { useQuery } from "@tanstack/react-query";
import { Table } from "antd";
import { useMemo } from "react";
import { Link } from "react-router";
import {
  getPrecision,
  getStatistics,
  type RulePrecision,
  type Statistics as Figures,
} from "../api/administration";
import { BANDS } from "../api/report";
import { percent } from "../app/figures";
import { useWords } from "../app/language";
import { Page, Panel } from "../parts/Page";
import { Loaded, Nothing } from "../parts/States";
import { BandChart } from "./BandChart";

/** Bands by month and branch. The charts are drawn anew only when the figures are. */
function Bands({ figures }: { figures: Figures }) {
  const { t } = useWords();
  const months = useMemo(() => figures.months.toReversed(), [figures]);
  const branches = useMemo(() => figures.branches.slice(0, 12), [figures]);
  return (
    <div className="halves">
      <Panel title={t("statistics.months")}>
        <BandChart rows={months} label={t("statistics.months")} />
        <BandTable rows={figures.months} first={t("statistics.month")} />
      </Panel>
      <Panel title={t("statistics.branches")}>
        <BandChart rows={branches} label={t("statistics.branches")} />
        <BandTable rows={figures.branches} first={t("word.branch")} />
      </Panel>
    </div>
  );
}

export function Statistics() {
  const { t } = useWords();
  const figures = useQuery({ queryKey: ["statistics"], queryFn: getStatistics });
  const precision = useQuery({ queryKey: ["statistics", "rules"], queryFn: getPrecision });
  return (
    <Page title={t("nav.statistics")}>
      <Loaded query={figures}>
        {(data) =>
          data.cases === 0 ? (
            <Panel>
              <Nothing>{t("statistics.none")}</Nothing>
            </Panel>
          ) : (
            <>
              <Heads figures={data} />
              <Bands figures={data} />
              <Duplicates rows={data.duplicates} />
            </>
          )
        }
      </Loaded>
      <Panel title={t("statistics.precision")}>
        <p className="faint">{t("statistics.precision_how")}</p>
        <Loaded query={precision}>
          {(rows) => (
            <Precision rows={rows.filter((r) => r.confirmed + r.false_alarm + r.unclear > 0)} />
          )}
        </Loaded>
      </Panel>
    </Page>
  );
}

function Heads({ figures }: { figures: Figures }) {
  const { t } = useWords();
  const heads: [string, number][] = [
    [t("statistics.cases"), figures.cases],
    ...BANDS.map((b): [string, number] => [t(`band.${b}`), figures.bands[b] ?? 0]),
    ...["open", "claimed", "proposed", "decided"].map((s): [string, number] => [
      t(`case_state.${s}`),
      figures.states[s] ?? 0,
    ]),
    ...Object.entries(figures.dispositions).map(([d, n]): [string, number] => [
      t(`disposition.${d}`),
      n,
    ]),
  ];
  return (
    <section className="panel heads" aria-label={t("packet.summary")}>
      {heads.map(([label, n]) => (
        <div key={label}>
          <span className="label">{label}</span>
          <b>{n}</b>
        </div>
      ))}
    </section>
  );
}

function BandTable({ rows, first }: { rows: Figures["months"]; first: string }) {
  const { t } = useWords();
  return (
    <Table
      size="small"
      rowKey="name"
      pagination={{ pageSize: 12, hideOnSinglePage: true, showSizeChanger: false }}
      dataSource={rows}
      columns={[
        { title: first, render: (_, r) => r.name || "—" },
        { title: t("statistics.cases"), dataIndex: "total", align: "right" },
        ...BANDS.map((b) => ({
          title: t(`band.${b}`),
          align: "right" as const,
          render: (_: unknown, r: Figures["months"][number]) =>
            `${r.counts[b] ?? 0} (${percent(r.shares[b] ?? 0)})`,
        })),
      ]}
    />
  );
}

function Duplicates({ rows }: { rows: Figures["duplicates"] }) {
  const { t } = useWords();
  return (
    <Panel title={t("statistics.duplicates")}>
      {rows.length === 0 && <p className="faint">{t("statistics.no_duplicates")}</p>}
      {rows.length > 0 && (
        <Table
          size="small"
          rowKey="sha256"
          pagination={{ pageSize: 10, hideOnSinglePage: true, showSizeChanger: false }}
          dataSource={rows}
          columns={[
            { title: "SHA-256", render: (_, r) => <code>{r.sha256.slice(0, 16)}…</code> },
            { title: t("statistics.applications"), dataIndex: "count", align: "right" },
            {
              title: t("word.reference"),
              render: (_, r) => (
                <span className="row wrap">
                  {r.packets.map((p) => (
                    <Link key={p.id} to={`/packets/${p.id}`}>
                      {p.reference}
                    </Link>
                  ))}
                </span>
              ),
            },
          ]}
        />
      )}
    </Panel>
  );
}

function Precision({ rows }: { rows: RulePrecision[] }) {
  const { t } = useWords();
  if (!rows.length) return <Nothing>{t("statistics.not_judged")}</Nothing>;
  return (
    <Table<RulePrecision>
      size="small"
      rowKey="rule"
      pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
      dataSource={rows}
      columns={[
        {
          title: t("word.rule"),
          render: (_, r) => <Link to={`/administration/rules?rule=${r.rule}`}>{r.rule}</Link>,
        },
        { title: t("verdict.confirmed"), dataIndex: "confirmed", align: "right" },
        { title: t("verdict.false_alarm"), dataIndex: "false_alarm", align: "right" },
        { title: t("verdict.unclear"), dataIndex: "unclear", align: "right" },
        {
          title: t("statistics.share_right"),
          align: "right",
          render: (_, r) => percent(r.precision),
        },
        {
          title: t("statistics.interval"),
          width: 260,
          render: (_, r) => (
            <span className="interval">
              <span className="interval-track" aria-hidden>
                <i style={{ left: `${r.low * 100}%`, width: `${(r.high - r.low) * 100}%` }} />
              </span>
              {percent(r.low)}–{percent(r.high)}
            </span>
          ),
        },
      ]}
    />
  );
}
