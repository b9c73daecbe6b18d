import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Table } from "antd";
import { listDeliveries, replayDelivery, type Delivery } from "../api/administration";
import { moment } from "../app/figures";
import { useWords } from "../app/language";
import { Loaded, Wrong } from "../parts/States";

export function Deliveries({ webhook }: { webhook: string }) {
  const { t, lang } = useWords();
  const queries = useQueryClient();
  const list = useQuery({
    queryKey: ["webhooks", webhook, "deliveries"],
    queryFn: () => listDeliveries(webhook),
  });
  const replay = useMutation({
    mutationFn: replayDelivery,
    onSuccess: () => queries.invalidateQueries({ queryKey: ["webhooks", webhook] }),
  });
  return (
    <Loaded query={list}>
      {(rows) => (
        <>
          {replay.error && <Wrong error={replay.error} />}
          <Table<Delivery>
            size="small"
            rowKey="id"
            pagination={{ pageSize: 10, hideOnSinglePage: true }}
            dataSource={rows}
            columns={[
              { title: t("webhooks.event"), render: (_, d) => <code>{d.event_id}</code> },
              { title: t("word.state"), dataIndex: "state" },
              { title: t("webhooks.attempts"), dataIndex: "attempt", align: "right" },
              {
                title: t("webhooks.last"),
                render: (_, d) =>
                  d.log.length
                    ? `${d.log.at(-1)?.status ?? d.log.at(-1)?.error ?? ""} · ${moment(d.log.at(-1)?.at, lang)}`
                    : "—",
              },
              { title: t("webhooks.next"), render: (_, d) => moment(d.next_at, lang) },
              {
                title: "",
                render: (_, d) => (
                  <Button size="small" onClick={() => replay.mutate(d.id)}>
                    {t("webhooks.replay")}
                  </Button>
                ),
              },
            ]}
          />
        </>
      )}
    </Loaded>
  );
}
