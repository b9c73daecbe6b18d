import { Slider } from "antd";
import { useWords } from "../app/language";
import type { Explorer } from "./useExplorer";

/** Relations live on a day; the last stop is "all". */
export function Time({ explorer }: { explorer: Explorer }) {
  const { t } = useWords();
  const { days, filter, setFilter } = explorer;
  if (days.length < 2) return null;
  const all = days.length;
  const at = filter.day ? days.indexOf(filter.day) : all;
  const told = (n: number | undefined) =>
    n === undefined || n >= all ? t("graph.all_days") : days[n];
  return (
    <div className="time">
      <span className="label">{t("graph.as_of")}</span>
      <Slider
        min={0}
        max={all}
        value={at < 0 ? all : at}
        onChange={(n: number) => setFilter({ ...filter, day: n >= all ? null : days[n] })}
        tooltip={{ formatter: told }}
        ariaLabelForHandle={t("graph.as_of")}
        ariaValueTextFormatterForHandle={told}
      />
      <b className="figure">{told(at < 0 ? all : at)}</b>
    </div>
  );
}
