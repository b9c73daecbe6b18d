import { useMutation, useQuery } from "@tanstack/react-query";
import { Button, Space, Table } from "antd";
import {
  agreeToChange,
  listPersonChanges,
  refuseChange,
  type PersonChange,
} from "../api/administration";
import { moment } from "../app/figures";
import { useWords } from "../app/language";
import { useMe } from "../app/me";
import { usePeople } from "../app/people";
import { Wrong } from "../parts/States";

/** Changes of people and keys that another administrator proposed, and one's own that wait. */
export function Waiting({ again }: { again: () => Promise<void> }) {
  const { t, lang } = useWords();
  const me = useMe();
  const nameOf = usePeople();
  const changes = useQuery({ queryKey: ["people-changes"], queryFn: listPersonChanges });
  const decide = useMutation({
    mutationFn: ({ id, agrees }: { id: string; agrees: boolean }) =>
      agrees ? agreeToChange(id) : refuseChange(id),
    onSettled: again,
  });
  const waiting = (changes.data ?? []).filter((change) => change.state === "waiting");
  if (waiting.length === 0) return null;
  const told = (change: PersonChange) =>
    change.fields
      .map((field) => `${t(`people.changed_value.${field}`)} ${valueOf(change, field)}`)
      .join("；");
  const valueOf = (change: PersonChange, field: string) =>
    field === "role"
      ? t(`role.${String(change.values[field])}`)
      : field === "name"
        ? String(change.values[field])
        : "";
  return (
    <section aria-label={t("people.waiting")}>
      <h3>{t("people.waiting")}</h3>
      {decide.error && <Wrong error={decide.error} />}
      <Table<PersonChange>
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={waiting}
        columns={[
          { title: t("people.whom"), render: (_, change) => nameOf(change.user_id) },
          { title: t("people.what"), render: (_, change) => told(change) },
          {
            title: t("people.by"),
            render: (_, change) => `${nameOf(change.made_by)} · ${moment(change.made_at, lang)}`,
          },
          {
            render: (_, change) => (
              <Space>
                <Button
                  size="small"
                  type="primary"
                  disabled={change.made_by === me.id}
                  onClick={() => decide.mutate({ id: change.id, agrees: true })}
                >
                  {t("people.agree")}
                </Button>
                <Button
                  size="small"
                  onClick={() => decide.mutate({ id: change.id, agrees: false })}
                >
                  {t("people.refuse")}
                </Button>
              </Space>
            ),
          },
        ]}
      />
    </section>
  );
}
