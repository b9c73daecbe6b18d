import { useQueryClient } from "@tanstack/react-query";
import { Button, Progress } from "antd";
import { useEffect, useState } from "react";
import { cancelPacket, followSteps, type Packet, type Step } from "../api/packets";
import { useWords } from "../app/language";
import { Panel } from "../parts/Page";

/** A packet's verification as it happens. */
export function Steps({ packet }: { packet: Packet }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const [steps, setSteps] = useState<Step[]>([]);
  useEffect(() => {
    setSteps([]);
    const told = (step: Step) =>
      setSteps((all) => (all.some((s) => s.id === step.id) ? all : [...all, step]));
    return followSteps(
      packet.id,
      told,
      () => void queries.invalidateQueries({ queryKey: ["packet", packet.id] }),
    );
  }, [packet.id, packet.revision, queries]);

  const own = steps.filter((s) => s.revision === packet.revision);
  const files = own.findLast((s) => s.kind === "unpacked")?.detail.files as number | undefined;
  const read = own.filter((s) => s.kind === "file").length;
  const last = own.at(-1);
  const ended = own.some((s) => s.kind === "done");
  const share = ended
    ? 100
    : files
      ? Math.min(95, 5 + Math.round((read / files) * 85))
      : own.length
        ? 3
        : 0;
  const active = packet.status === "queued" || packet.status === "running";
  return (
    <Panel
      title={t("steps.title")}
      extra={
        active && (
          <Button
            onClick={() =>
              void cancelPacket(packet.id).then(() =>
                queries.invalidateQueries({ queryKey: ["packet", packet.id] }),
              )
            }
          >
            {t("steps.cancel")}
          </Button>
        )
      }
    >
      <div aria-live="polite">
        <Progress
          percent={share}
          status={ended ? "success" : packet.status === "quarantined" ? "exception" : "active"}
          aria-label={t("steps.title")}
        />
        <p className="faint">
          {last
            ? t(`steps.${last.kind}`, {
                file: String(last.detail.file ?? ""),
                files: files ?? 0,
                read,
              })
            : t("steps.waiting")}
        </p>
        {packet.status === "quarantined" && (
          <p className="bad">{t("steps.quarantine_why", { reason: packet.reason })}</p>
        )}
      </div>
      <ol className="steps-read">
        {own
          .filter((s) => s.kind === "file")
          .map((s) => (
            <li key={s.id}>{String(s.detail.file)}</li>
          ))}
      </ol>
    </Panel>
  );
}
