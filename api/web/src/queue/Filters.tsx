import { Input, Select } from "antd";
import type { CaseFilter } from "../api/cases";
import { BANDS } from "../api/report";
import { useWords } from "../app/language";
import { useUsers } from "../app/people";
import { SavedViews } from "./SavedViews";

interface Props {
  filter: CaseFilter;
  change: (filter: CaseFilter) => void;
}

export function Filters({ filter, change }: Props) {
  const { t } = useWords();
  const users = useUsers();
  const set = (key: keyof CaseFilter) => (value: string | undefined) =>
    change({ ...filter, [key]: value || undefined });
  const choice = (key: "state" | "band", values: string[], words: string) => (
    <Select
      allowClear
      className="select"
      value={filter[key]}
      onChange={set(key)}
      placeholder={t(`filter.${key}`)}
      aria-label={t(`filter.${key}`)}
      options={values.map((v) => ({ value: v, label: t(`${words}.${v}`) }))}
    />
  );
  const people = [
    { id: "me", name: t("filter.me") },
    { id: "none", name: t("queue.nobody") },
    ...(users.data ?? []),
  ];
  return (
    <div className="filters" role="search">
      <Input.Search
        id="queue-find"
        allowClear
        className="find"
        defaultValue={filter.q}
        onSearch={set("q")}
        placeholder={t("queue.find")}
        aria-label={t("queue.find")}
      />
      {choice("state", ["open", "claimed", "proposed", "decided"], "case_state")}
      {choice("band", [...BANDS], "band")}
      <Select
        allowClear
        className="select"
        value={filter.assignee}
        onChange={set("assignee")}
        placeholder={t("word.assignee")}
        aria-label={t("word.assignee")}
        options={people.map((u) => ({ value: u.id, label: u.name }))}
      />
      <Input
        allowClear
        className="select"
        defaultValue={filter.branch}
        placeholder={t("word.branch")}
        aria-label={t("word.branch")}
        onPressEnter={(e) => set("branch")(e.currentTarget.value)}
        onBlur={(e) => set("branch")(e.target.value)}
      />
      <SavedViews filter={filter} change={change} />
    </div>
  );
}
