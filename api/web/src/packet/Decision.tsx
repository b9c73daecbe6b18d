import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Input, Radio } from "antd";
import { useState } from "react";
import { changeCase, DISPOSITIONS, getCase, type Case, type Disposition } from "../api/cases";
import type { Packet } from "../api/packets";
import { useWords } from "../app/language";
import { useMay, useMe } from "../app/me";
import { usePeople } from "../app/people";
import { Loaded, Nothing, Wrong } from "../parts/States";
import { History } from "./History";

/** The case of a packet: who has it, what is proposed, the decision of a second person, what happened. */
export function Decision({ packet }: { packet: Packet }) {
  const { t } = useWords();
  const id = packet.case_id;
  const found = useQuery({ queryKey: ["case", id, packet.revision], queryFn: () => getCase(id ?? ""), enabled: Boolean(id) });
  if (!id) return <Nothing>{t("case.none")}</Nothing>;
  return (
    <div className="sheet">
      <Loaded query={found}>
        {(data) => (
          <>
            <State found={data} />
            <Acts found={data} />
            <h2>{t("case.history")}</h2>
            <History id={data.id} version={data.version} />
          </>
        )}
      </Loaded>
    </div>
  );
}

function State({ found }: { found: Case }) {
  const { t } = useWords();
  const nameOf = usePeople();
  return (
    <dl className="facts">
      <div>
        <dt className="label">{t("word.state")}</dt>
        <dd>{t(`case_state.${found.state}`)}</dd>
      </div>
      <div>
        <dt className="label">{t("word.assignee")}</dt>
        <dd>{found.assignee ? nameOf(found.assignee) : "—"}</dd>
      </div>
      {found.disposition && (
        <div>
          <dt className="label">{t("word.disposition")}</dt>
          <dd>{t(`disposition.${found.disposition}`)}</dd>
        </div>
      )}
      {found.proposed_by && (
        <div>
          <dt className="label">{t("case.proposed_by")}</dt>
          <dd>{nameOf(found.proposed_by)}</dd>
        </div>
      )}
    </dl>
  );
}

/** What the person may do with the case as it stands. */
function useActs(found: Case) {
  const queries = useQueryClient();
  const { message } = App.useApp();
  const { t } = useWords();
  return useMutation({
    mutationFn: ({ act, body }: { act: string; body?: object }) => changeCase(found, act, body),
    onSuccess: async (_, { act }) => {
      void message.success(t(`case_done.${act}`));
      await queries.invalidateQueries({ queryKey: ["case"] });
      await queries.invalidateQueries({ queryKey: ["cases"] });
    },
    onError: () => queries.invalidateQueries({ queryKey: ["case"] }),
  });
}

function Acts({ found }: { found: Case }) {
  const { t } = useWords();
  const me = useMe();
  const mayWork = useMay("cases:work");
  const mayDecide = useMay("cases:decide");
  const act = useActs(found);
  const [disposition, setDisposition] = useState<Disposition | undefined>(found.disposition || undefined);
  const [reason, setReason] = useState("");
  const ready = Boolean(disposition && reason.trim());
  const body = { disposition, reason };
  const own = found.proposed_by === me.id;
  if (!mayWork && !mayDecide) return <Alert type="info" showIcon title={t("case.look_only")} />;
  const text = <Input.TextArea value={reason} onChange={(event) => setReason(event.target.value)} rows={3} maxLength={2000} placeholder={t("case.reason")} aria-label={t("case.reason")} />;
  const press = (name: string, given: object, enabled: boolean, type?: "primary") => (
    <Button key={name} type={type} disabled={!enabled} loading={act.isPending && act.variables.act === name} onClick={() => act.mutate({ act: name, body: given }, { onSuccess: () => setReason("") })}>
      {t(`case_act.${name}`)}
    </Button>
  );
  return (
    <section className="decision">
      {found.state !== "decided" && (
        <Radio.Group className="choices" value={disposition} onChange={(event) => setDisposition(event.target.value as Disposition)} aria-label={t("word.disposition")}>
          {DISPOSITIONS.map((d) => (
            <Radio key={d} value={d}>
              {t(`disposition.${d}`)}
            </Radio>
          ))}
        </Radio.Group>
      )}
      {text}
      {act.error && <Wrong error={act.error} />}
      {found.state === "proposed" && own && <Alert type="info" showIcon title={t("case.needs_second")} />}
      <div className="row wrap">
        {found.state === "open" && mayWork && press("claim", {}, true, "primary")}
        {found.state === "claimed" && mayWork && press("propose", body, ready, "primary")}
        {found.state === "claimed" && mayWork && press("decide", body, ready)}
        {found.state === "proposed" && mayDecide && press("decide", body, ready && !own, "primary")}
        {found.state === "proposed" && mayDecide && press("return", { reason }, Boolean(reason.trim()))}
        {found.state === "claimed" && found.assignee === me.id && press("release", {}, true)}
        {found.state === "decided" && mayDecide && press("reopen", { reason }, Boolean(reason.trim()))}
        {press("comment", { text: reason }, Boolean(reason.trim()))}
      </div>
      <p className="faint">{t("case.four_eyes")}</p>
    </section>
  );
}
