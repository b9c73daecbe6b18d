import { useQuery } from "@tanstack/react-query";
import { Segmented } from "antd";
import { countCases, QUEUE_VIEWS, type QueueView } from "../api/cases";
import { useWords } from "../app/language";

interface Props {
  view: QueueView | undefined;
  change: (view: QueueView | undefined) => void;
}

const AGAIN_MS = 30_000;

/** The piles of work, each with how many cases it holds. */
export function Views({ view, change }: Props) {
  const { t } = useWords();
  const counts = useQuery({
    queryKey: ["cases", "counts"],
    queryFn: countCases,
    refetchInterval: AGAIN_MS,
  });
  const options = ([...QUEUE_VIEWS, "all"] as const).map((key) => ({
    value: key,
    label: (
      <span>
        {t(`queue_view.${key}`)} <b className="figure">{counts.data?.[key] ?? ""}</b>
      </span>
    ),
  }));
  return (
    <Segmented
      className="views"
      aria-label={t("queue_view.title")}
      value={view ?? "all"}
      options={options}
      onChange={(next) => change(next === "all" ? undefined : (next as QueueView))}
    />
  );
}
