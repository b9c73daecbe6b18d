import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Input, Radio } from "antd";
import { lazy, Suspense, useRef, useState } from "react";
import {
  changeCase,
  DISPOSITIONS,
  getCase,
  type CaseDetail,
  type Change,
  type Disposition,
} from "../api/cases";
import type { Packet } from "../api/packets";
import { useDraft } from "../app/draft";
import { useTold } from "../app/told";
import { useWords } from "../app/language";
import { useMe } from "../app/me";
import { useNextCase } from "../queue/useNextCase";
import { Loaded, Nothing, Wrong } from "../parts/States";
import { History } from "./History";
import { Unjudged } from "./Unjudged";

const Letter = lazy(async () => ({ default: (await import("./Letter")).Letter }));

/** The case of a packet: who has it, what is proposed, the decision of a second person, what happened. */
export function Decision({ packet }: { packet: Packet }) {
  const { t } = useWords();
  const id = packet.case_id;
  const found = useQuery({
    queryKey: ["case", id, packet.revision],
    queryFn: () => getCase(id ?? ""),
    enabled: Boolean(id),
  });
  const sheet = useRef<HTMLDivElement>(null);
  if (!id) return <Nothing>{t("case.none")}</Nothing>;
  return (
    <div className="sheet" ref={sheet} tabIndex={-1} role="group" aria-label={t("sheet.decision")}>
      <Loaded query={found}>
        {(data) => (
          <>
            <State found={data} />
            <h2>{t("case.history")}</h2>
            <History id={data.id} version={data.version} />
            <Acts key={data.state} found={data} done={() => sheet.current?.focus()} />
          </>
        )}
      </Loaded>
    </div>
  );
}

function State({ found }: { found: CaseDetail }) {
  const { t } = useWords();
  const facts: [string, string][] = [
    [t("word.state"), t(`case_state.${found.state}`)],
    [t("word.assignee"), found.assignee_name || "—"],
    [t("case.eyes"), t(found.four_eyes ? "case.two" : "case.one")],
  ];
  if (found.disposition) facts.push([t("word.disposition"), t(`disposition.${found.disposition}`)]);
  if (found.proposed_by_name) facts.push([t("case.proposed_by"), found.proposed_by_name]);
  return (
    <dl className="facts">
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt className="label">{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

const WITHOUT_TEXT: Change["act"][] = ["claim", "release"];
const WITH_CHOICE: Change["act"][] = ["propose", "decide"];
const ORDER: Change["act"][] = [
  "claim",
  "propose",
  "decide",
  "return",
  "reopen",
  "release",
  "comment",
];

interface Typed {
  disposition?: Disposition;
  text: string;
}

/** What the person may do with the case as it stands: the service says it, act by act. */
function Acts({ found, done }: { found: CaseDetail; done: () => void }) {
  const { t } = useWords();
  const me = useMe();
  const { message } = useTold();
  const queries = useQueryClient();
  const empty: Typed = {
    disposition: (found.disposition || undefined) as Disposition | undefined,
    text: "",
  };
  const [typed, type, drop] = useDraft<Typed>(`decision/${found.id}`, empty);
  const { disposition, text } = typed;
  const change = useMutation({
    mutationFn: (act: Change["act"]) => changeCase(found, { act, text: text.trim(), disposition }),
    onSuccess: async (_, act) => {
      done(); // first: the act may be possible no more, and its button gone with the focus
      drop();
      void message.success(t(`case_done.${act}`));
      await queries.invalidateQueries({ queryKey: ["cases"] });
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ["case"] }),
  });
  const next = useNextCase();
  const [letter, setLetter] = useState(false);
  const acts = ORDER.filter((act) => found.permitted.includes(act));
  // What one proposed is out of one's hands; whom it waits for has it still to decide.
  const isMine = found.state === "proposed" && found.proposed_by === me.id;
  const ended = isMine || found.state === "decided";
  if (!acts.length) return <Alert type="info" showIcon title={t("case.look_only")} />;
  const choosing = acts.some((a) => WITH_CHOICE.includes(a));
  const ready = (act: Change["act"]) =>
    WITHOUT_TEXT.includes(act) ||
    (Boolean(text.trim()) && (!WITH_CHOICE.includes(act) || Boolean(disposition)));
  return (
    <>
      {choosing && <Unjudged />}
      <section className="decision">
        {choosing && (
          <Radio.Group
            className="choices"
            value={disposition}
            onChange={(event) => type({ disposition: event.target.value as Disposition })}
            aria-label={t("word.disposition")}
          >
            {DISPOSITIONS.map((d) => (
              <Radio
                key={d}
                value={d}
                disabled={found.state === "proposed" && d !== found.disposition}
              >
                {t(`disposition.${d}`)}
              </Radio>
            ))}
          </Radio.Group>
        )}
        <Input.TextArea
          value={text}
          onChange={(event) => type({ text: event.target.value })}
          rows={3}
          maxLength={2000}
          placeholder={t("case.reason")}
          aria-label={t("case.reason")}
        />
        {disposition === "ask_for_papers" && (
          <Button className="start" onClick={() => setLetter(true)}>
            {t("letter.open")}
          </Button>
        )}
        {letter && (
          <Suspense>
            <Letter id={found.packet_id} close={() => setLetter(false)} />
          </Suspense>
        )}
        {change.error && <Wrong error={change.error} />}
        {found.state === "proposed" && found.proposed_by === me.id && (
          <Alert type="info" showIcon title={t("case.needs_second")} />
        )}
        <div className="row wrap">
          {ended && (
            <Button type="primary" loading={next.isPending} onClick={() => next.mutate()}>
              {t("queue.next")}
            </Button>
          )}
          {acts.map((act, n) => (
            <Button
              key={act}
              type={n === 0 && act !== "comment" && !ended ? "primary" : "default"}
              disabled={!ready(act) || (change.isPending && change.variables !== act)}
              loading={change.isPending && change.variables === act}
              onClick={() => change.mutate(act)}
            >
              {t(`case_act.${act}`)}
            </Button>
          ))}
        </div>
        <p className="faint">{t(found.four_eyes ? "case.four_eyes" : "case.alone")}</p>
      </section>
    </>
  );
}
