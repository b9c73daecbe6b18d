import { Alert, Button } from "antd";
import { useWords } from "../app/language";
import { causesOf, inOrder } from "./causes";
import { useView } from "./shown";
import { useJudgements } from "./useJudgements";

/** Says that weighty findings have no judgement yet, where a decision is about to be made; it may be made all the same. */
export function Unjudged() {
  const { t } = useWords();
  const { id, report, act } = useView();
  const judgements = useJudgements(id);
  const open = inOrder(causesOf(report)).filter(
    (f) => (f.severity === "high" || f.severity === "medium") && !judgements.has(f.fingerprint),
  );
  if (!open.length) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={t("case.unjudged", { count: open.length })}
      action={
        <Button size="small" onClick={() => act({ kind: "finding", finding: open[0] })}>
          {t("progress.next")}
        </Button>
      }
    />
  );
}
