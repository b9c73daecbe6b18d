import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { Alert, Button, Input, Table } from "antd";
import { useState } from "react";
import { listAudit, verifyAudit, type AuditRow } from "../api/administration";
import { moment } from "../app/figures";
import { useWords } from "../app/language";
import { Panel } from "../parts/Page";
import { Loaded, Wrong } from "../parts/States";

/** What was done, by whom, to what; and whether the chain of records is whole. */
export function Audit() {
  const { t, lang } = useWords();
  const [filter, setFilter] = useState<{ action?: string; subject?: string }>({});
  const list = useInfiniteQuery({
    queryKey: ["audit", filter],
    queryFn: ({ pageParam }) => listAudit(filter, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    refetchOnWindowFocus: false, // nothing of it changes; what is new is at its head
  });
  const verify = useMutation({ mutationFn: verifyAudit });
  return (
    <Panel
      title={t("administration.audit")}
      extra={
        <>
          <Input.Search
            size="small"
            allowClear
            placeholder={t("audit.action")}
            aria-label={t("audit.action")}
            onSearch={(action) => setFilter((f) => ({ ...f, action: action || undefined }))}
          />
          <Input.Search
            size="small"
            allowClear
            placeholder={t("audit.subject")}
            aria-label={t("audit.subject")}
            onSearch={(subject) => setFilter((f) => ({ ...f, subject: subject || undefined }))}
          />
          <Button size="small" loading={verify.isPending} onClick={() => verify.mutate()}>
            {t("audit.verify")}
          </Button>
        </>
      }
    >
      {verify.data && (
        <Alert
          className="spaced"
          type={verify.data.whole ? "success" : "error"}
          showIcon
          title={verify.data.detail[lang]}
          description={t("audit.rows", { rows: verify.data.rows, covered: verify.data.covered })}
        />
      )}
      {verify.error && <Wrong error={verify.error} />}
      <Loaded query={list}>
        {(data) => (
          <Table<AuditRow>
            size="small"
            rowKey="seq"
            pagination={false}
            dataSource={data.pages.flatMap((p) => p.items)}
            columns={[
              { title: "#", dataIndex: "seq", width: 70 },
              { title: t("word.time"), width: 170, render: (_, r) => moment(r.at, lang) },
              { title: t("audit.actor"), width: 130, dataIndex: "actor_name" },
              { title: t("audit.action"), width: 170, render: (_, r) => <code>{r.action}</code> },
              {
                title: t("audit.subject"),
                render: (_, r) => <code>{r.subject}</code>,
                ellipsis: true,
              },
              {
                title: t("audit.detail"),
                render: (_, r) => (
                  <span className="faint">
                    {Object.entries(r.detail)
                      .map(
                        ([k, v]) =>
                          `${k}: ${typeof v === "object" ? JSON.stringify(v) : String(v)}`,
                      )
                      .join(" · ")}
                  </span>
                ),
                ellipsis: true,
              },
            ]}
          />
        )}
      </Loaded>
      {list.hasNextPage && (
        <Button className="more" onClick={() => void list.fetchNextPage()}>
          {t("act.more")}
        </Button>
      )}
    </Panel>
  );
}
