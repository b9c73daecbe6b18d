import { useQuery } from "@tanstack/react-query";
import { eventsOf, type CaseEvent } from "../api/cases";
import { moment, points } from "../app/figures";
import { useWords, type Words } from "../app/language";
import { Loaded } from "../parts/States";
import { labelOfPath } from "./entries";

/** What happened in a case, the newest first. Nothing of it is ever changed. */
export function History({ id, version }: { id: string; version: number }) {
  const words = useWords();
  const events = useQuery({
    queryKey: ["case", id, "events", version],
    queryFn: () => eventsOf(id),
  });
  return (
    <Loaded query={events}>
      {(items) => (
        <ol className="history">
          {items.toReversed().map((e) => (
            <li key={e.id}>
              <span className="history-what">{words.orRaw(`event.${e.kind}`, e.kind)}</span>
              <span>
                {e.actor_name || (e.actor === "system" ? words.t("role.system") : e.actor)}
              </span>
              <span className="faint">{moment(e.at, words.lang)}</span>
              <span className="history-text">{told(e, words)}</span>
            </li>
          ))}
        </ol>
      )}
    </Loaded>
  );
}

/** The event's own text: what was chosen, why, and how the score moved. */
function told(event: CaseEvent, { t, orRaw }: Words): string {
  const { body } = event;
  const parts: string[] = [];
  if (typeof body.disposition === "string" && body.disposition)
    parts.push(orRaw(`disposition.${body.disposition}`, body.disposition));
  if (typeof body.verdict === "string") parts.push(orRaw(`verdict.${body.verdict}`, body.verdict));
  if (typeof body.field === "string")
    parts.push(`${labelOfPath(body.field, orRaw)}: ${String(body.old)} → ${String(body.value)}`);
  if (typeof body.before === "number")
    parts.push(`${t("word.score")} ${points(body.before)} → ${points(body.score as number)}`);
  else if (typeof body.score === "number") parts.push(`${t("word.score")} ${points(body.score)}`);
  for (const key of ["reason", "text"]) if (typeof body[key] === "string") parts.push(body[key]);
  return parts.join(" · ");
}
