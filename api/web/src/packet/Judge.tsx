import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Input, Radio } from "antd";
import { useState } from "react";
import { judge, type Judgement, type Verdict } from "../api/cases";
import type { Finding } from "../api/report";
import { useTold } from "../app/told";
import { useWords } from "../app/language";
import { useKeys } from "../keyboard/Keys";
import { Wrong } from "../parts/States";
import { useView } from "./shown";

const VERDICTS: Verdict[] = ["confirmed", "false_alarm", "unclear"];

/** What a person says of a finding; the reason is required, and the next finding opens by itself. */
export function Judge({
  finding,
  judgement,
  next,
}: {
  finding: Finding;
  judgement: Judgement | undefined;
  next: () => void;
}) {
  const { t } = useWords();
  const { id } = useView();
  const { message } = useTold();
  const queries = useQueryClient();
  const [verdict, setVerdict] = useState<Verdict | undefined>(
    judgement?.verdict as Verdict | undefined,
  );
  const [reason, setReason] = useState("");
  const give = useMutation({
    mutationFn: () => judge(id, finding.fingerprint, verdict ?? "unclear", reason),
    onSuccess: async () => {
      void message.success(t("judge.kept"));
      await queries.invalidateQueries({ queryKey: ["judgements", id] });
      await queries.invalidateQueries({ queryKey: ["case"] });
      next();
      setReason(""); // last: what is disabled loses the focus
    },
  });
  useKeys(
    VERDICTS.map((v, n) => ({
      keys: String(n + 1),
      label: t(`verdict.${v}`),
      act: () => setVerdict(v),
    })),
  );
  return (
    <div className="judge">
      <h3>{t("judge.title")}</h3>
      {judgement && (
        <p className="faint">
          {t("judge.before", {
            verdict: t(`verdict.${judgement.verdict}`),
            reason: judgement.reason,
          })}
        </p>
      )}
      <Radio.Group
        value={verdict}
        onChange={(event) => setVerdict(event.target.value as Verdict)}
        optionType="button"
        options={VERDICTS.map((v, n) => ({ value: v, label: `${n + 1} ${t(`verdict.${v}`)}` }))}
        aria-label={t("judge.title")}
      />
      <Input.TextArea
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        rows={2}
        maxLength={2000}
        placeholder={t("judge.reason")}
        aria-label={t("judge.reason")}
      />
      {give.error && <Wrong error={give.error} />}
      <Button
        type="primary"
        disabled={!verdict || !reason.trim()}
        loading={give.isPending}
        onClick={() => give.mutate()}
      >
        {t("judge.save")}
      </Button>
    </div>
  );
}
