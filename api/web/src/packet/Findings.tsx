import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useEffect, useMemo, useRef, useState } from "react";
import { scoreWithout, type Without } from "../api/packets";
import type { Finding } from "../api/report";
import { points } from "../app/figures";
import { useWords } from "../app/language";
import { isLost, showWithin } from "../keyboard/focus";
import { useKeys } from "../keyboard/Keys";
import { BandTag } from "../parts/Band";
import { Nothing, Wrong } from "../parts/States";
import { causeOf, causesOf, inOrder } from "./causes";
import { CauseList } from "./CauseList";
import { FindingDetail } from "./FindingDetail";
import { useView } from "./shown";
import { useJudgements } from "./useJudgements";

const OPEN_ROW = ".finding-row.open .finding-head";

/** Findings by cause in a list of their own height, the one in hand below it; the keys j and k go from one to the next. */
export function Findings() {
  const { t } = useWords();
  const { id, report, shown, act } = useView();
  const [without, setWithout] = useState<string[]>([]);
  const judgements = useJudgements(id);
  const causes = useMemo(() => causesOf(report), [report]);
  const flat = useMemo(() => inOrder(causes), [causes]);
  const list = useRef<HTMLDivElement>(null);
  const stepped = useRef(false); // the keyboard goes along with the finding that is open
  const focusRow = () =>
    list.current?.querySelector<HTMLElement>(OPEN_ROW)?.focus({ preventScroll: true });
  const step = (by: number) => {
    const at = flat.findIndex((f) => f.fingerprint === shown.finding);
    const next = flat[Math.max(0, Math.min(flat.length - 1, at + by))];
    if (!next) return;
    stepped.current = true;
    if (next.fingerprint === shown.finding) focusRow();
    act({ kind: "finding", finding: next });
  };
  useKeys([
    { keys: "j", label: t("keys.next"), act: () => step(1) },
    { keys: "k", label: t("keys.previous"), act: () => step(-1) },
  ]);
  useEffect(() => {
    showWithin(list.current, list.current?.querySelector(".finding-row.open"));
    if (stepped.current || isLost()) focusRow();
    stepped.current = false;
  }, [shown.finding]);
  if (!flat.length) return <Nothing>{t("findings.none")}</Nothing>;
  const finding = flat.find((f) => f.fingerprint === shown.finding);
  const cause = causeOf(causes, shown.finding);
  const toggle = (f: Finding) =>
    setWithout((all) =>
      all.includes(f.fingerprint)
        ? all.filter((x) => x !== f.fingerprint)
        : [...all, f.fingerprint],
    );
  return (
    <div className="findings">
      <div className="findings-list" ref={list}>
        <p className="faint">
          {t("findings.counts", { causes: causes.length, findings: flat.length })}
        </p>
        <CauseList causes={causes} judgements={judgements} />
      </div>
      {without.length > 0 && <WhatIf fingerprints={without} clear={() => setWithout([])} />}
      {finding && cause && (
        <FindingDetail
          finding={finding}
          cause={cause}
          judgements={judgements}
          left={without.includes(finding.fingerprint)}
          toggle={() => toggle(finding)}
          next={() => step(1)}
        />
      )}
    </div>
  );
}

function WhatIf({ fingerprints, clear }: { fingerprints: string[]; clear: () => void }) {
  const { t } = useWords();
  const { id, report } = useView();
  const asked = useQuery<Without>({
    queryKey: ["without", id, report.risk.score, fingerprints],
    queryFn: () => scoreWithout(id, fingerprints),
    placeholderData: (b) => b,
  });
  if (asked.error) return <Wrong error={asked.error} />;
  return (
    <div className="what-if" role="status">
      <span>
        {t("findings.without", { count: fingerprints.length })}{" "}
        <b className="figure">{points(report.risk.score)}</b> →{" "}
        <b className="figure">{points(asked.data?.score)}</b>
      </span>
      {asked.data && <BandTag band={asked.data.band} />}
      <Button size="small" onClick={clear}>
        {t("act.clear")}
      </Button>
    </div>
  );
}
