import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Select, Table } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { FINAL, listPackets, type Packet } from "../api/packets";
import { age, money } from "../app/figures";
import { useWords } from "../app/language";
import { BandTag, Coverage, Score } from "../parts/Band";
import { Page, Panel } from "../parts/Page";
import { Loaded, Nothing } from "../parts/States";

const STATES = ["draft", "queued", "running", "done", "quarantined", "cancelled"];

/** All packets, whatever became of them: also those that never came to a case. */
export function Packets() {
  const { t, lang } = useWords();
  const [status, setStatus] = useState<string>();
  const list = useInfiniteQuery({
    queryKey: ["packets", status],
    queryFn: ({ pageParam }) => listPackets(status, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    refetchInterval: (query) =>
      (query.state.data?.pages.some((page) =>
        page.items.some((p) => !FINAL.includes(p.status) && p.status !== "draft"),
      )
        ? 5_000
        : 30_000) * Math.max(1, query.state.data?.pages.length ?? 0),
  });
  return (
    <Page
      title={t("nav.packets")}
      extra={
        <>
          <Select
            allowClear
            placeholder={t("word.state")}
            aria-label={t("word.state")}
            value={status}
            onChange={setStatus}
            className="select"
            options={STATES.map((s) => ({ value: s, label: t(`status.${s}`) }))}
          />
          <Link to="/upload" className="button-like">
            {t("nav.upload")}
          </Link>
        </>
      }
    >
      <Panel>
        <Loaded query={list}>
          {(data) => (
            <Table<Packet>
              size="small"
              rowKey="id"
              pagination={false}
              dataSource={data.pages.flatMap((p) => p.items)}
              locale={{
                emptyText: (
                  <Nothing action={<Link to="/upload">{t("nav.upload")}</Link>}>
                    {t("packets.none")}
                  </Nothing>
                ),
              }}
              columns={[
                {
                  title: t("word.reference"),
                  render: (_, p) => (
                    <Link to={p.score === null ? `/upload/${p.id}` : `/packets/${p.id}`}>
                      {p.reference}
                    </Link>
                  ),
                },
                {
                  title: t("word.applicant"),
                  render: (_, p) => p.applicant ?? "—",
                  ellipsis: true,
                },
                { title: t("word.branch"), render: (_, p) => p.branch || "—" },
                {
                  title: t("word.amount"),
                  align: "right",
                  render: (_, p) => <span className="figure">{money(p.amount)}</span>,
                },
                {
                  title: t("word.state"),
                  render: (_, p) => (
                    <span className={`status-${p.status}`}>{t(`status.${p.status}`)}</span>
                  ),
                },
                {
                  title: t("word.score"),
                  align: "right",
                  render: (_, p) => <Score value={p.score} band={p.band} />,
                },
                { title: t("word.band"), render: (_, p) => <BandTag band={p.band} /> },
                { title: t("word.coverage"), render: (_, p) => <Coverage share={p.coverage} /> },
                { title: t("word.age"), render: (_, p) => age(p.created_at, lang) },
              ]}
            />
          )}
        </Loaded>
        {list.hasNextPage && (
          <Button onClick={() => void list.fetchNextPage()}>{t("act.more")}</Button>
        )}
      </Panel>
    </Page>
  );
}
