import { SaveOutlined, StarFilled, TeamOutlined } from "@ant-design/icons";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Button, Checkbox, Input, Popover } from "antd";
import { useState } from "react";
import { addView, dropView, listViews, type CaseFilter } from "../api/cases";
import { useWords } from "../app/language";
import { useMe } from "../app/me";
import { queries } from "../app/queries";
import { Wrong } from "../parts/States";
import { filterOf, searchOf } from "./filters";

interface Props {
  filter: CaseFilter;
  change: (filter: CaseFilter) => void;
}

/** Filters kept under names by the service: one's own, and those that colleagues share. */
export function SavedViews({ filter, change }: Props) {
  const { t } = useWords();
  const me = useMe();
  const [name, setName] = useState("");
  const [shared, setShared] = useState(false);
  const views = useQuery({ queryKey: ["views"], queryFn: listViews });
  const again = () => queries.invalidateQueries({ queryKey: ["views"] });
  const keep = useMutation({
    mutationFn: () =>
      addView({ name: name.trim(), filter: Object.fromEntries(searchOf(filter)), shared }),
    onSuccess: async () => {
      setName("");
      await again();
    },
  });
  const drop = useMutation({ mutationFn: dropView, onSettled: again });
  return (
    <>
      {views.data?.map((v) => (
        <span key={v.id} className="saved">
          <Button
            size="small"
            icon={v.owner === me.id ? <StarFilled /> : <TeamOutlined />}
            title={v.owner === me.id ? undefined : v.owner_name}
            onClick={() => change(filterOf(new URLSearchParams(v.filter)))}
          >
            {v.name}
          </Button>
          {v.owner === me.id && (
            <Button
              size="small"
              type="text"
              aria-label={`${t("act.remove")} ${v.name}`}
              onClick={() => drop.mutate(v.id)}
            >
              ×
            </Button>
          )}
        </span>
      ))}
      <Popover
        trigger="click"
        content={
          <div className="trial">
            <Input
              size="small"
              value={name}
              onChange={(e) => setName(e.target.value)}
              onPressEnter={() => name.trim() && keep.mutate()}
              placeholder={t("filter.name")}
              aria-label={t("filter.name")}
              maxLength={40}
            />
            <Checkbox checked={shared} onChange={(e) => setShared(e.target.checked)}>
              {t("filter.shared")}
            </Checkbox>
            {keep.error && <Wrong error={keep.error} />}
            <Button
              size="small"
              type="primary"
              disabled={!name.trim()}
              loading={keep.isPending}
              onClick={() => keep.mutate()}
            >
              {t("act.save")}
            </Button>
          </div>
        }
      >
        <Button icon={<SaveOutlined />}>{t("filter.save")}</Button>
      </Popover>
    </>
  );
}
