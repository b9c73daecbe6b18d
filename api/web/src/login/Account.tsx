import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Form, Input, Modal, QRCode, Space, Table } from "antd";
import { useState } from "react";
import {
  beginSecondFactor,
  confirmSecondFactor,
  endSession,
  listNotices,
  listSessions,
  removeSecondFactor,
  seeNotices,
  type OwnSession,
} from "../api/account";
import { moment } from "../app/figures";
import { useWords } from "../app/language";
import { useMe } from "../app/me";
import { Wrong } from "../parts/States";

/** One's own account: what others changed about it, the second factor, and where one is logged in. */
export function Account({ close }: { close: () => void }) {
  const { t } = useWords();
  return (
    <Modal open title={t("account.title")} onCancel={close} footer={null} width={640}>
      <Notices />
      <SecondFactor />
      <Sessions />
    </Modal>
  );
}

function Notices() {
  const { t, lang } = useWords();
  const queries = useQueryClient();
  const notices = useQuery({ queryKey: ["notices"], queryFn: listNotices });
  const see = useMutation({
    mutationFn: seeNotices,
    onSuccess: () => {
      queries.setQueryData(["notices"], []);
      return queries.invalidateQueries({ queryKey: ["me"] });
    },
  });
  if (!notices.data?.length) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={t("account.notices")}
      description={
        <ul>
          {notices.data.map((notice) => (
            <li key={notice.id}>
              {t(`people.changed_value.${notice.kind}`)} · {notice.by} · {moment(notice.at, lang)}
            </li>
          ))}
        </ul>
      }
      action={
        <Button size="small" loading={see.isPending} onClick={() => see.mutate()}>
          {t("account.seen")}
        </Button>
      }
    />
  );
}

function SecondFactor() {
  const { t } = useWords();
  const me = useMe();
  const queries = useQueryClient();
  const [codes, setCodes] = useState<string[]>([]);
  const again = () => queries.invalidateQueries({ queryKey: ["me"] });
  const begin = useMutation({ mutationFn: beginSecondFactor });
  const confirm = useMutation({
    mutationFn: confirmSecondFactor,
    onSuccess: (found) => {
      setCodes(found.recovery_codes);
      return again();
    },
  });
  const remove = useMutation({ mutationFn: removeSecondFactor, onSuccess: again });
  const ask = me.second_factor ? remove : begin;
  const error = begin.error ?? confirm.error ?? remove.error;
  const waits = begin.data && codes.length === 0;
  return (
    <section>
      <h3>{t("account.second_factor")}</h3>
      <p className="faint">{t(me.second_factor ? "account.is_on" : "account.is_off")}</p>
      {error && <Wrong error={error} />}
      {codes.length > 0 && (
        <Alert
          type="success"
          title={t("account.recovery")}
          description={<pre>{codes.join("\n")}</pre>}
        />
      )}
      {waits ? (
        <Form layout="inline" onFinish={(given: { code: string }) => confirm.mutate(given.code)}>
          <Space orientation="vertical">
            <QRCode value={begin.data.address} />
            <code>{begin.data.secret}</code>
            <Form.Item name="code" label={t("login.code")} rules={[{ required: true, min: 6 }]}>
              <Input autoComplete="one-time-code" inputMode="numeric" maxLength={20} />
            </Form.Item>
            <Button type="primary" htmlType="submit" loading={confirm.isPending}>
              {t("act.save")}
            </Button>
          </Space>
        </Form>
      ) : (
        <Form
          layout="inline"
          onFinish={(given: { password: string }) => ask.mutate(given.password)}
        >
          <Form.Item name="password" label={t("login.old")} rules={[{ required: true }]}>
            <Input.Password autoComplete="current-password" />
          </Form.Item>
          <Button htmlType="submit" loading={ask.isPending}>
            {t(me.second_factor ? "account.turn_off" : "account.turn_on")}
          </Button>
        </Form>
      )}
    </section>
  );
}

function Sessions() {
  const { t, lang } = useWords();
  const queries = useQueryClient();
  const sessions = useQuery({ queryKey: ["sessions"], queryFn: listSessions });
  const end = useMutation({
    mutationFn: endSession,
    onSettled: () => queries.invalidateQueries({ queryKey: ["sessions"] }),
  });
  return (
    <section>
      <h3>{t("account.sessions")}</h3>
      {end.error && <Wrong error={end.error} />}
      <Table<OwnSession>
        size="small"
        rowKey="id"
        pagination={false}
        loading={sessions.isPending}
        dataSource={sessions.data ?? []}
        columns={[
          { title: t("account.since"), render: (_, row) => moment(row.created_at, lang) },
          { title: t("account.last"), render: (_, row) => moment(row.seen_at, lang) },
          {
            render: (_, row) =>
              row.current ? (
                t("account.this_one")
              ) : (
                <Button size="small" onClick={() => end.mutate(row.id)}>
                  {t("account.end")}
                </Button>
              ),
          },
        ]}
      />
    </section>
  );
}
