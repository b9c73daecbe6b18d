import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input, Popconfirm, Select, Switch, Table } from "antd";
import { useState } from "react";
import {
  addWebhook,
  changeWebhook,
  dropWebhook,
  KINDS,
  listWebhooks,
  rotateWebhook,
  testWebhook,
  type NewWebhook,
  type Webhook,
} from "../api/administration";
import { useTold } from "../app/told";
import { useWords } from "../app/language";
import { FormDialog } from "../parts/FormDialog";
import { Panel } from "../parts/Page";
import { Loaded, Nothing, Wrong } from "../parts/States";
import { Deliveries } from "./Deliveries";
import { Secret } from "./Secret";

export function Webhooks() {
  const { t } = useWords();
  const { message } = useTold();
  const queries = useQueryClient();
  const [adding, setAdding] = useState(false);
  const [secret, setSecret] = useState("");
  const again = () => queries.invalidateQueries({ queryKey: ["webhooks"] });
  const kind = (name: string) => t(`webhook_kind.${name.replace(".", "_")}`);
  const list = useQuery({ queryKey: ["webhooks"], queryFn: listWebhooks });
  const act = useMutation({
    mutationFn: (work: () => Promise<unknown>) => work(),
    onSuccess: () => void message.success(t("people.changed")),
    onSettled: again,
  });
  const keep = async (made: Promise<{ secret: string }>) => {
    setSecret((await made).secret);
  };
  return (
    <Panel
      title={t("administration.webhooks")}
      extra={
        <Button type="primary" onClick={() => setAdding(true)}>
          {t("webhooks.add")}
        </Button>
      }
    >
      {secret && <Secret secret={secret} close={() => setSecret("")} />}
      {act.error && <Wrong error={act.error} />}
      <Loaded query={list}>
        {(rows) => (
          <Table<Webhook>
            size="small"
            rowKey="id"
            pagination={false}
            dataSource={rows}
            locale={{ emptyText: <Nothing>{t("webhooks.none")}</Nothing> }}
            expandable={{ expandedRowRender: (w) => <Deliveries webhook={w.id} /> }}
            columns={[
              { title: t("word.name"), dataIndex: "name" },
              { title: t("webhooks.url"), dataIndex: "url", ellipsis: true },
              {
                title: t("webhooks.kinds"),
                render: (_, w) => w.kinds.map(kind).join(t("list.comma")),
              },
              {
                title: t("people.active"),
                render: (_, w) => (
                  <Switch
                    size="small"
                    checked={w.active}
                    aria-label={`${t("people.active")} ${w.name}`}
                    onChange={(active) => act.mutate(() => changeWebhook(w.id, { active }))}
                  />
                ),
              },
              {
                title: "",
                render: (_, w) => (
                  <span className="row">
                    <Button size="small" onClick={() => act.mutate(() => testWebhook(w.id))}>
                      {t("webhooks.test")}
                    </Button>
                    <Button
                      size="small"
                      onClick={() => act.mutate(() => keep(rotateWebhook(w.id)))}
                    >
                      {t("webhooks.rotate")}
                    </Button>
                    <Popconfirm
                      title={t("webhooks.sure")}
                      onConfirm={() => act.mutate(() => dropWebhook(w.id))}
                    >
                      <Button size="small" danger>
                        {t("act.remove")}
                      </Button>
                    </Popconfirm>
                  </span>
                ),
              },
            ]}
          />
        )}
      </Loaded>
      {adding && (
        <FormDialog<NewWebhook>
          title={t("webhooks.add")}
          ok={t("act.add")}
          initial={{ kinds: ["packet.done"] }}
          send={async (given) => {
            await keep(addWebhook(given));
            await again();
          }}
          close={() => setAdding(false)}
        >
          <Form.Item name="name" label={t("word.name")} rules={[{ required: true, max: 200 }]}>
            <Input />
          </Form.Item>
          <Form.Item
            name="url"
            label={t("webhooks.url")}
            extra={t("webhooks.url_how")}
            rules={[{ required: true, max: 2000 }]}
          >
            <Input inputMode="url" />
          </Form.Item>
          <Form.Item name="kinds" label={t("webhooks.kinds")} rules={[{ required: true }]}>
            <Select mode="multiple" options={KINDS.map((k) => ({ value: k, label: kind(k) }))} />
          </Form.Item>
        </FormDialog>
      )}
    </Panel>
  );
}
