import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input, Modal, Select, Switch, Table } from "antd";
import { useState } from "react";
import { addUser, changeUser, type NewUser, type User } from "../api/administration";
import { moment } from "../app/figures";
import { useTold } from "../app/told";
import { useWords } from "../app/language";
import { useUsers } from "../app/people";
import { Waiting } from "./Waiting";
import { Panel } from "../parts/Page";
import { Loaded, Wrong } from "../parts/States";

const ROLES = ["reviewer", "senior_reviewer", "investigator", "administrator"] as const;

export function People() {
  const { t, lang } = useWords();
  const { message } = useTold();
  const queries = useQueryClient();
  const users = useUsers();
  const [adding, setAdding] = useState(false);
  const again = async () => {
    await queries.invalidateQueries({ queryKey: ["users"] });
    await queries.invalidateQueries({ queryKey: ["people-changes"] });
  };
  const change = useMutation({
    mutationFn: ({ id, ...body }: { id: string; active?: boolean; role?: NewUser["role"] }) =>
      changeUser(id, body),
    onSuccess: (user) =>
      void (user.waiting ? message.info(t("people.waits")) : message.success(t("people.changed"))),
    onSettled: again,
  });
  const roles = ROLES.map((r) => ({ value: r, label: t(`role.${r}`) }));
  return (
    <Panel
      title={t("administration.people")}
      extra={
        <Button type="primary" onClick={() => setAdding(true)}>
          {t("people.add")}
        </Button>
      }
    >
      {change.error && <Wrong error={change.error} />}
      <Loaded query={users}>
        {(rows) => (
          <Table<User>
            size="small"
            rowKey="id"
            pagination={false}
            dataSource={rows}
            columns={[
              { title: t("word.name"), dataIndex: "name" },
              { title: t("login.name"), dataIndex: "login" },
              {
                title: t("people.role"),
                render: (_, u) => (
                  <Select
                    size="small"
                    className="select"
                    value={u.role as NewUser["role"]}
                    options={roles}
                    aria-label={`${t("people.role")} ${u.name}`}
                    onChange={(role) => change.mutate({ id: u.id, role })}
                  />
                ),
              },
              { title: t("people.since"), render: (_, u) => moment(u.created_at, lang) },
              {
                title: t("people.active"),
                render: (_, u) => (
                  <Switch
                    size="small"
                    checked={u.active}
                    aria-label={`${t("people.active")} ${u.name}`}
                    onChange={(active) => change.mutate({ id: u.id, active })}
                  />
                ),
              },
            ]}
          />
        )}
      </Loaded>
      <Waiting again={again} />
      <NewPerson open={adding} close={() => setAdding(false)} done={again} roles={roles} />
    </Panel>
  );
}

interface NewPersonProps {
  open: boolean;
  close: () => void;
  done: () => Promise<void>;
  roles: { value: string; label: string }[];
}

function NewPerson({ open, close, done, roles }: NewPersonProps) {
  const { t } = useWords();
  const [form] = Form.useForm<NewUser>();
  const add = useMutation({
    mutationFn: addUser,
    onSuccess: async () => {
      close();
      await done();
    },
  });
  return (
    <Modal
      open={open}
      title={t("people.add")}
      onCancel={close}
      afterClose={add.reset}
      onOk={() => form.submit()}
      okText={t("act.add")}
      confirmLoading={add.isPending}
      destroyOnHidden
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ role: "reviewer" }}
        onFinish={(given) => add.mutate(given)}
      >
        <Form.Item name="name" label={t("word.name")} rules={[{ required: true, max: 200 }]}>
          <Input autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="login"
          label={t("login.name")}
          rules={[
            {
              required: true,
              min: 2,
              pattern: /^[A-Za-z0-9._@-]+$/,
              message: t("people.login_how"),
            },
          ]}
        >
          <Input autoComplete="off" />
        </Form.Item>
        <Form.Item name="role" label={t("people.role")}>
          <Select options={roles} />
        </Form.Item>
        <Form.Item
          name="password"
          label={t("people.first_password")}
          rules={[{ required: true, min: 12, message: t("login.short") }]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        {add.error && <Wrong error={add.error} />}
      </Form>
    </Modal>
  );
}
