import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { Alert, Button, Input, Select, Table } from "antd";
import { useState } from "react";
import { listAudit, verifyAudit, type AuditRow } from "../api/administration";
import { moment } from "../app/figures";
import { useWords } from "../app/language";
import { useUsers } from "../app/people";
import { Panel } from "../parts/Page";
import { Loaded, Wrong } from "../parts/States";

const ACTIONS = [
  "login",
  "login.refused",
  "session.ended",
  "password.changed",
  "second_factor.added",
  "second_factor.recovered",
  "second_factor.removed",
  "packet.created",
  "packet.submitted",
  "packet.reported",
  "packet.cancelled",
  "packet.quarantined",
  "packet.erased",
  "file.added",
  "file.removed",
  "file.downloaded",
  "file.password_given",
  "field.corrected",
  "finding.judged",
  "personal_data.revealed",
  "case.claimed",
  "case.released",
  "case.assigned",
  "case.commented",
  "case.proposed",
  "case.decided",
  "case.returned",
  "case.reopened",
  "cases.exported",
  "user.added",
  "user.changed",
  "people_change.proposed",
  "people_change.approved",
  "people_change.refused",
  "key.added",
  "key.revoked",
  "organisation.changed",
  "organisation.founded",
  "policy.drafted",
  "policy.back_tested",
  "policy.activated",
  "graph.imported",
  "graph.import_removed",
  "snapshot.made",
  "snapshot.removed",
  "webhook.added",
  "webhook.changed",
  "webhook.removed",
  "webhook.rotated",
  "webhook.tested",
  "webhook.disabled",
  "webhook.given_up",
  "delivery.replayed",
];

/** What was done, by whom, to what; and whether the chain of records is whole. */
export function Audit() {
  const { t, lang, orRaw } = useWords();
  const [filter, setFilter] = useState<{ action?: string; subject?: string; actor?: string }>({});
  const list = useInfiniteQuery({
    queryKey: ["audit", filter],
    queryFn: ({ pageParam }) => listAudit(filter, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    refetchOnWindowFocus: false, // nothing of it changes; what is new is at its head
  });
  const verify = useMutation({ mutationFn: verifyAudit });
  const users = useUsers();
  const word = (action: string) => orRaw(`audit_action.${action.replace(".", "_")}`, action);
  const actions = ACTIONS.map((action) => ({ value: action, label: word(action) }));
  return (
    <Panel
      title={t("administration.audit")}
      extra={
        <>
          <Select
            size="small"
            allowClear
            showSearch
            optionFilterProp="label"
            className="select"
            placeholder={t("audit.action")}
            aria-label={t("audit.action")}
            options={actions}
            onChange={(action: string | undefined) => setFilter((f) => ({ ...f, action }))}
          />
          <Select
            size="small"
            allowClear
            showSearch
            optionFilterProp="label"
            className="select"
            placeholder={t("audit.actor")}
            aria-label={t("audit.actor")}
            options={users.data?.map((u) => ({ value: u.id, label: u.name }))}
            onChange={(actor: string | undefined) => setFilter((f) => ({ ...f, actor }))}
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
              {
                title: t("audit.action"),
                width: 170,
                render: (_, r) => <span title={r.action}>{word(r.action)}</span>,
              },
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
