import { useQuery } from "@tanstack/react-query";
import { AutoComplete, Input } from "antd";
import { useEffect, useState } from "react";
import { searchEntities } from "../api/graph";
import { useWords } from "../app/language";

const PAUSE_MS = 250;

/** A party by name or code; what is chosen becomes the start of the picture. */
export function Find({ start }: { start: (id: string) => void }) {
  const { t, orRaw } = useWords();
  const [typed, setTyped] = useState("");
  const [asked, setAsked] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setAsked(typed.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  const hits = useQuery({
    queryKey: ["graph", "search", asked],
    queryFn: () => searchEntities(asked),
    enabled: asked.length > 0,
  });
  return (
    <AutoComplete
      className="graph-find"
      value={typed}
      onChange={(value: string) => setTyped(value)}
      onSelect={(id: string) => {
        setTyped(hits.data?.find((h) => h.id === id)?.name ?? "");
        start(id);
      }}
      options={(hits.data ?? []).map((h) => ({
        value: h.id,
        label: (
          <span className="row between">
            <span>{h.name}</span>
            <span className="faint">
              {orRaw(`entity.${h.kind}`, h.kind)} · {t("graph.ties", { count: h.relations })}
            </span>
          </span>
        ),
      }))}
      notFoundContent={asked && hits.isSuccess ? t("graph.no_hit") : null}
    >
      <Input.Search placeholder={t("graph.find")} aria-label={t("graph.find")} allowClear />
    </AutoComplete>
  );
}
