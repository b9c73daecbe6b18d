import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Checkbox, Input, Radio } from "antd";
import { useState } from "react";
import type { Judgement, Verdict } from "../api/cases";
import type { Finding } from "../api/report";
import { useDraft } from "../app/draft";
import { useWords } from "../app/language";
import { sendOrKeep } from "../app/outbox";
import { useTold } from "../app/told";
import { useKeys } from "../keyboard/Keys";
import { Wrong } from "../parts/States";
import { inOrder, type Cause } from "./causes";
import { useView } from "./shown";

const VERDICTS: Verdict[] = ["confirmed", "false_alarm", "unclear"];
/** Reasons that reviewers give again and again, by verdict; each is only a beginning that can be written on. */
const REASONS: Record<Verdict, string[]> = {
  confirmed: ["bank_says", "original_differs", "firm_admits"],
  false_alarm: ["original_agrees", "explained_by_paper", "misread"],
  unclear: ["asked", "cannot_be_checked"],
};

interface Props {
  finding: Finding;
  cause: Cause;
  judgements: Map<string, Judgement>;
  next: () => void;
}

interface Said {
  verdict?: Verdict;
  reason: string;
}

/** What a person says of a finding, or of all findings of its cause; the reason is required, and the next finding opens by itself. */
export function Judge({ finding, cause, judgements, next }: Props) {
  const { t } = useWords();
  const { id } = useView();
  const { message } = useTold();
  const queries = useQueryClient();
  const judgement = judgements.get(finding.fingerprint);
  const empty: Said = { verdict: judgement?.verdict as Verdict | undefined, reason: "" };
  const [said, change, drop] = useDraft<Said>(`judge/${id}/${finding.fingerprint}`, empty);
  const [whole, setWhole] = useState(false);
  const { verdict, reason } = said;
  const others = inOrder([cause]).filter((f) => f.fingerprint !== finding.fingerprint);
  const give = useMutation({
    mutationFn: async () => {
      const all = whole ? [finding, ...others] : [finding];
      let sent = true;
      for (const { fingerprint } of all) {
        const one = { packet: id, fingerprint, verdict: verdict ?? "unclear", reason };
        sent = (await sendOrKeep(one)) && sent;
      }
      return sent;
    },
    onSuccess: async (sent) => {
      if (sent) void message.success(t("judge.kept"));
      else void message.warning(t("outbox.kept"));
      next();
      drop(); // last: what is disabled loses the focus
      await queries.invalidateQueries({ queryKey: ["judgements", id] });
      await queries.invalidateQueries({ queryKey: ["case"] });
    },
  });
  const ready = Boolean(verdict) && Boolean(reason.trim()) && !give.isPending;
  useKeys(
    VERDICTS.map((v, n) => ({
      keys: String(n + 1),
      label: t(`verdict.${v}`),
      act: () => change({ verdict: v }),
    })),
  );
  const add = (text: string) =>
    change({ reason: reason.trim() ? `${reason.trim()} ${text}` : text });
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
        onChange={(event) => change({ verdict: event.target.value as Verdict })}
        optionType="button"
        options={VERDICTS.map((v, n) => ({ value: v, label: `${n + 1} ${t(`verdict.${v}`)}` }))}
        aria-label={t("judge.title")}
      />
      {verdict && (
        <div className="chips" role="group" aria-label={t("judge.usual")}>
          {REASONS[verdict].map((name) => (
            <Button key={name} size="small" onClick={() => add(t(`judge_reason.${name}`))}>
              {t(`judge_reason.${name}`)}
            </Button>
          ))}
        </div>
      )}
      <Input.TextArea
        value={reason}
        onChange={(event) => change({ reason: event.target.value })}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && ready) give.mutate();
        }}
        rows={2}
        maxLength={2000}
        placeholder={t("judge.reason")}
        aria-label={t("judge.reason")}
      />
      {others.length > 0 && (
        <Checkbox checked={whole} onChange={(event) => setWhole(event.target.checked)}>
          {t("judge.whole", { count: others.length + 1 })}
        </Checkbox>
      )}
      {give.error && <Wrong error={give.error} />}
      <Button
        type="primary"
        disabled={!ready}
        loading={give.isPending}
        title={t("judge.by_key")}
        onClick={() => give.mutate()}
      >
        {t("judge.save")}
      </Button>
    </div>
  );
}
