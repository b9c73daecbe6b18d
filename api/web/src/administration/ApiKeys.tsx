import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input, Modal, Popconfirm, Radio, Select, Table } from "antd";
import { useState } from "react";
import { addKey, listKeys, revokeKey, type Key } from "../api/administration";
import { moment } from "../app/figures";
import { useWords } from "../app/language";
import { useMe } from "../app/me";
import { Panel } from "../parts/Page";
import { Loaded, Wrong } from "../parts/States";
import { Secret } from "./Secret";

interface Given {
  name: string;
  scopes: string[];
  mode: "live" | "test";
}

export function ApiKeys() {
  const { t, lang } = useWords();
  const me = useMe();
  const queries = useQueryClient();
  const [adding, setAdding] = useState(false);
  const [form] = Form.useForm<Given>();
  const keys = useQuery({ queryKey: ["keys"], queryFn: listKeys });
  const again = () => queries.invalidateQueries({ queryKey: ["keys"] });
  const add = useMutation({
    mutationFn: addKey,
    onSuccess: async () => {
      setAdding(false);
      await again();
    },
  });
  const revoke = useMutation({ mutationFn: revokeKey, onSuccess: again });
  return (
    <Panel
      title={t("administration.keys")}
      extra={
        <Button
          type="primary"
          onClick={() => {
            if (add.isError) add.reset(); // what went wrong the last time; the secret of a key that was made stays to be copied
            setAdding(true);
          }}
        >
          {t("keys_of.add")}
        </Button>
      }
    >
      {add.data && <Secret secret={add.data.key} close={add.reset} />}
      {revoke.error && <Wrong error={revoke.error} />}
      <Loaded query={keys}>
        {(rows) => (
          <Table<Key>
            size="small"
            rowKey="id"
            pagination={false}
            dataSource={rows}
            columns={[
              { title: t("word.name"), dataIndex: "name" },
              { title: t("keys_of.prefix"), render: (_, k) => <code>{k.prefix}…</code> },
              { title: t("keys_of.mode"), render: (_, k) => t(`keys_of.${k.mode}`) },
              { title: t("keys_of.scopes"), render: (_, k) => k.scopes.join(", ") },
              { title: t("keys_of.used"), render: (_, k) => moment(k.used_at, lang) },
              {
                title: t("word.state"),
                render: (_, k) =>
                  k.revoked_at ? (
                    <span className="faint">{t("keys_of.revoked")}</span>
                  ) : (
                    <Popconfirm title={t("keys_of.sure")} onConfirm={() => revoke.mutate(k.id)}>
                      <Button size="small" danger>
                        {t("keys_of.revoke")}
                      </Button>
                    </Popconfirm>
                  ),
              },
            ]}
          />
        )}
      </Loaded>
      <Modal
        open={adding}
        title={t("keys_of.add")}
        onCancel={() => setAdding(false)}
        onOk={() => form.submit()}
        okText={t("act.add")}
        confirmLoading={add.isPending}
        destroyOnHidden
      >
        <Form
          form={form}
          layout="vertical"
          initialValues={{ mode: "live", scopes: ["packets:read", "packets:write"] }}
          onFinish={(given) => add.mutate(given)}
        >
          <Form.Item name="name" label={t("word.name")} rules={[{ required: true, max: 200 }]}>
            <Input autoComplete="off" />
          </Form.Item>
          <Form.Item name="scopes" label={t("keys_of.scopes")} rules={[{ required: true }]}>
            <Select mode="multiple" options={me.scopes.map((s) => ({ value: s, label: s }))} />
          </Form.Item>
          <Form.Item name="mode" label={t("keys_of.mode")}>
            <Radio.Group
              options={(["live", "test"] as const).map((m) => ({
                value: m,
                label: t(`keys_of.${m}`),
              }))}
            />
          </Form.Item>
          {add.error && <Wrong error={add.error} />}
        </Form>
      </Modal>
    </Panel>
  );
}
