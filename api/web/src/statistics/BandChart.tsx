import { useContext, useEffect, useRef } from "react";
import type { Statistics } from "../api/administration";
import { BANDS } from "../api/report";
import { useWords } from "../app/language";
import { ShadeContext } from "../app/shade";
import { init } from "./chart";

const COLOURS = {
  light: { high: "#b3261e", medium: "#d08a1d", low: "#3c8d5a", not_verified: "#8a96a6" },
  dark: { high: "#e5635b", medium: "#d9962e", low: "#5fae7b", not_verified: "#8a96a6" },
};

/** Cases of each month or branch by band; the table beside it has the same numbers. */
export function BandChart({ rows, label }: { rows: Statistics["months"]; label: string }) {
  const { t } = useWords();
  const { shade } = useContext(ShadeContext);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!box.current) return;
    const chart = init(box.current);
    const text = shade === "light" ? "#1d2633" : "#e4e9f0";
    const line = shade === "light" ? "#e1e6ec" : "#2b3542";
    chart.setOption({
      animation: false,
      tooltip: { trigger: "axis", axisPointer: { type: "shadow" }, renderMode: "richText" }, // names of branches are never HTML
      legend: { top: 0, textStyle: { color: text } },
      grid: { left: 44, right: 12, top: 34, bottom: 28 },
      xAxis: { type: "category", data: rows.map((r) => r.name || "—"), axisLabel: { color: text } },
      yAxis: {
        type: "value",
        minInterval: 1,
        axisLabel: { color: text },
        splitLine: { lineStyle: { color: line } },
      },
      series: BANDS.map((band) => ({
        name: t(`band.${band}`),
        type: "bar",
        stack: "all",
        barMaxWidth: 36,
        itemStyle: { color: COLOURS[shade][band] },
        data: rows.map((r) => r.counts[band] ?? 0),
      })),
    });
    const watch = new ResizeObserver(() => chart.resize());
    watch.observe(box.current);
    return () => {
      watch.disconnect();
      chart.dispose();
    };
  }, [rows, shade, t]);
  return <div className="chart" ref={box} role="img" aria-label={label} />;
}
