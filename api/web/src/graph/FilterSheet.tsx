import { Button, Checkbox, Input, InputNumber } from "antd";
import { useWords } from "../app/language";
import { ALL } from "./drawn";
import type { Explorer } from "./useExplorer";

export function FilterSheet({ explorer }: { explorer: Explorer }) {
  const { t, orRaw } = useWords();
  const { drawn, filter, setFilter } = explorer;
  const counts = new Map<string, number>();
  for (const r of drawn.relations.values()) counts.set(r.kind, (counts.get(r.kind) ?? 0) + 1);
  const kinds = [...counts.keys()].sort();
  return (
    <div className="sheet filter-sheet">
      <h3>{t("graph.by_kind")}</h3>
      <Checkbox.Group
        className="choices"
        value={filter.kinds ?? kinds}
        onChange={(chosen) =>
          setFilter({ ...filter, kinds: chosen.length === kinds.length ? null : chosen })
        }
        options={kinds.map((k) => ({
          value: k,
          label: `${orRaw(`relation.${k}`, k)} ${counts.get(k) ?? 0}`,
        }))}
      />
      <h3>{t("graph.least")}</h3>
      <InputNumber
        min={0}
        step={100_000}
        value={filter.least}
        onChange={(least) => setFilter({ ...filter, least: least ?? 0 })}
        aria-label={t("graph.least")}
        className="wide-input"
      />
      <h3>{t("graph.source")}</h3>
      <Input
        allowClear
        value={filter.source}
        onChange={(event) => setFilter({ ...filter, source: event.target.value })}
        placeholder={t("graph.source_example")}
        aria-label={t("graph.source")}
      />
      <Button onClick={() => setFilter(ALL)}>{t("act.clear")}</Button>
    </div>
  );
}
