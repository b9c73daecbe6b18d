import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input, Modal, Popconfirm, Select, Switch, Table } from "antd";
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
  const [form] = Form.useForm<NewWebhook>();
  const list = useQuery({ queryKey: ["webhooks"], queryFn: listWebhooks });
  const act = useMutation({
    mutationFn: (work: () => Promise<unknown>) => work(),
    onSuccess: () => void message.success(t("people.changed")),
    onSettled: () => queries.invalidateQueries({ queryKey: ["webhooks"] }),
  });
  const keep = async (made: Promise<{ secret: string }>) => {
    setSecret((await made).secret);
    setAdding(false);
  };
  return (
    <Panel
      title={t("administration.webhooks")}
      extra={
        <Button
          type="primary"
          onClick={() => {
            act.reset();
            setAdding(true);
          }}
        >
          {t("webhooks.add")}
        </Button>
      }
    >
      {secret && <Secret secret={secret} close={() => setSecret("")} />}
      {act.error && !adding && <Wrong error={act.error} />}
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
              { title: t("webhooks.kinds"), render: (_, w) => w.kinds.join(", ") },
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
      <Modal
        open={adding}
        title={t("webhooks.add")}
        onCancel={() => {
          act.reset(); // else it would be told once more above the table
          setAdding(false);
        }}
        onOk={() => form.submit()}
        okText={t("act.add")}
        confirmLoading={act.isPending}
        destroyOnHidden
      >
        <Form
          form={form}
          layout="vertical"
          initialValues={{ kinds: ["packet.done"] }}
          onFinish={(given) => act.mutate(() => keep(addWebhook(given)))}
        >
          <Form.Item name="name" label={t("word.name")} rules={[{ required: true, max: 200 }]}>
            <Input autoComplete="off" />
          </Form.Item>
          <Form.Item
            name="url"
            label={t("webhooks.url")}
            extra={t("webhooks.url_how")}
            rules={[{ required: true, max: 2000 }]}
          >
            <Input inputMode="url" autoComplete="off" />
          </Form.Item>
          <Form.Item name="kinds" label={t("webhooks.kinds")} rules={[{ required: true }]}>
            <Select mode="multiple" options={KINDS.map((k) => ({ value: k, label: k }))} />
          </Form.Item>
          {act.error && <Wrong error={act.error} />}
        </Form>
      </Modal>
    </Panel>
  );
}
