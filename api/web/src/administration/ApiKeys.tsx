import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input, Popconfirm, Radio, Select, Table } from "antd";
import { useState } from "react";
import { addKey, listKeys, revokeKey, type Key } from "../api/administration";
import { moment } from "../app/figures";
import { useWords } from "../app/language";
import { useMe } from "../app/me";
import { FormDialog } from "../parts/FormDialog";
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
  const [secret, setSecret] = useState("");
  const keys = useQuery({ queryKey: ["keys"], queryFn: listKeys });
  const again = () => queries.invalidateQueries({ queryKey: ["keys"] });
  const add = async (given: Given) => {
    setSecret((await addKey(given)).key);
    await again();
  };
  const revoke = useMutation({ mutationFn: revokeKey, onSuccess: again });
  return (
    <Panel
      title={t("administration.keys")}
      extra={
        <Button type="primary" onClick={() => setAdding(true)}>
          {t("keys_of.add")}
        </Button>
      }
    >
      {secret && <Secret secret={secret} close={() => setSecret("")} />}
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
              {
                title: t("keys_of.scopes"),
                render: (_, k) =>
                  k.scopes.map((s) => t(`scope.${s.replace(":", "_")}`)).join(t("list.comma")),
              },
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
      {adding && (
        <FormDialog<Given>
          title={t("keys_of.add")}
          ok={t("act.add")}
          initial={{ mode: "live", scopes: ["packets:read", "packets:write"] }}
          send={add}
          close={() => setAdding(false)}
        >
          <Form.Item name="name" label={t("word.name")} rules={[{ required: true, max: 200 }]}>
            <Input />
          </Form.Item>
          <Form.Item name="scopes" label={t("keys_of.scopes")} rules={[{ required: true }]}>
            <Select
              mode="multiple"
              options={me.scopes.map((s) => ({
                value: s,
                label: t(`scope.${s.replace(":", "_")}`),
              }))}
            />
          </Form.Item>
          <Form.Item name="mode" label={t("keys_of.mode")}>
            <Radio.Group
              options={(["live", "test"] as const).map((m) => ({
                value: m,
                label: t(`keys_of.${m}`),
              }))}
            />
          </Form.Item>
        </FormDialog>
      )}
    </Panel>
  );
}
