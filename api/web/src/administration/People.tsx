import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Select, Switch, Table } from "antd";
import { useState } from "react";
import { changeUser, type NewUser, type User } from "../api/administration";
import { moment } from "../app/figures";
import { useTold } from "../app/told";
import { useWords } from "../app/language";
import { useUsers } from "../app/people";
import { Waiting } from "./Waiting";
import { Panel } from "../parts/Page";
import { Loaded, Wrong } from "../parts/States";
import { NewPassword, NewPerson, Rename } from "./PersonDialogs";

/** From the one who may least: the first is what a new person becomes. */
const ROLES = ["reviewer", "senior_reviewer", "investigator", "administrator"] as const;

type Dialog = { kind: "add" } | { kind: "rename" | "password"; user: User };

export function People() {
  const { t, lang } = useWords();
  const { message } = useTold();
  const queries = useQueryClient();
  const users = useUsers();
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const close = () => setDialog(null);
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
        <Button type="primary" onClick={() => setDialog({ kind: "add" })}>
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
              { title: t("people.name"), dataIndex: "name" },
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
              {
                title: t("people.acts"),
                render: (_, user) => (
                  <span className="row">
                    <Button size="small" onClick={() => setDialog({ kind: "rename", user })}>
                      {t("people.rename_act")}
                    </Button>
                    <Button size="small" onClick={() => setDialog({ kind: "password", user })}>
                      {t("people.reset_act")}
                    </Button>
                  </span>
                ),
              },
            ]}
          />
        )}
      </Loaded>
      <Waiting again={again} />
      {dialog?.kind === "add" && <NewPerson close={close} done={again} roles={roles} />}
      {dialog?.kind === "rename" && <Rename user={dialog.user} close={close} done={again} />}
      {dialog?.kind === "password" && <NewPassword user={dialog.user} close={close} done={again} />}
    </Panel>
  );
}
