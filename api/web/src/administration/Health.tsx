import { useQuery } from "@tanstack/react-query";
import { getHealth, getOperation } from "../api/administration";
import { useWords } from "../app/language";
import { Panel } from "../parts/Page";
import { Loaded } from "../parts/States";

/** Whether the service is well: queue, workers, isolation. */
export function Health() {
  const { t } = useWords();
  const health = useQuery({ queryKey: ["health"], queryFn: getHealth, refetchInterval: 10_000 });
  const operation = useQuery({ queryKey: ["operation"], queryFn: getOperation, refetchInterval: 10_000 });
  return (
    <>
      <Panel title={t("administration.health")}>
        <Loaded query={health}>{(data) => <Figures data={data} />}</Loaded>
      </Panel>
      <Panel title={t("health.operation")}>
        <Loaded query={operation}>{(data) => <Figures data={data} />}</Loaded>
      </Panel>
    </>
  );
}

function Figures({ data }: { data: Record<string, unknown> }) {
  const { orRaw } = useWords();
  return (
    <dl className="facts">
      {Object.entries(data).map(([key, value]) => (
        <div key={key}>
          <dt className="label">{orRaw(`health.${key}`, key)}</dt>
          <dd>{value === null ? "—" : typeof value === "object" ? <Nested value={value} /> : String(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

function Nested({ value }: { value: object }) {
  const rows = Array.isArray(value) ? (value as unknown[]) : Object.entries(value).map(([k, v]) => `${k}: ${typeof v === "object" ? JSON.stringify(v) : String(v)}`);
  return (
    <ul>
      {rows.map((row, n) => (
        <li key={n}>{typeof row === "object" ? Object.values(row ?? {}).join(" · ") : String(row)}</li>
      ))}
    </ul>
  );
}
