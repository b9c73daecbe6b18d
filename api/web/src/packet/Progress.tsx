import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useMemo } from "react";
import { changeCase, getCase } from "../api/cases";
import type { Packet } from "../api/packets";
import { useWords } from "../app/language";
import { Wrong } from "../parts/States";
import { causesOf, inOrder } from "./causes";
import { useView } from "./shown";
import { useJudgements } from "./useJudgements";

/** How many findings have a judgement, and the one thing to do next: claim, judge, then decide. */
export function Progress({ packet }: { packet: Packet }) {
  const { t } = useWords();
  const { id, report, act } = useView();
  const queries = useQueryClient();
  const judgements = useJudgements(id);
  const findings = useMemo(() => inOrder(causesOf(report)), [report]);
  const caseId = packet.case_id ?? "";
  const found = useQuery({
    queryKey: ["case", caseId, packet.revision],
    queryFn: () => getCase(caseId),
    enabled: Boolean(caseId),
  });
  const claim = useMutation({
    mutationFn: async () => found.data && changeCase(found.data, { act: "claim", text: "" }),
    onSettled: async () => {
      await queries.invalidateQueries({ queryKey: ["case"] });
      await queries.invalidateQueries({ queryKey: ["cases"] });
    },
  });
  const open = findings.filter((f) => !judgements.has(f.fingerprint));
  const permitted = found.data?.permitted ?? [];
  const mayDecide = permitted.includes("decide") || permitted.includes("propose");
  return (
    <div className="progress">
      <span className="figure" role="status">
        {t("progress.judged", { done: findings.length - open.length, all: findings.length })}
      </span>
      {permitted.includes("claim") ? (
        <Button type="primary" loading={claim.isPending} onClick={() => claim.mutate()}>
          {t("case_act.claim")}
        </Button>
      ) : open.length > 0 && mayDecide ? (
        <Button type="primary" onClick={() => act({ kind: "finding", finding: open[0] })}>
          {t("progress.next")}
        </Button>
      ) : (
        mayDecide && (
          <Button type="primary" onClick={() => act({ kind: "tab", tab: "decision" })}>
            {t("progress.decide")}
          </Button>
        )
      )}
      {claim.error && <Wrong error={claim.error} />}
    </div>
  );
}
