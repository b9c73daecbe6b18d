import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useEffect, useRef, useState } from "react";
import { judgementsOf } from "../api/cases";
import { scoreWithout, type Without } from "../api/packets";
import type { Finding } from "../api/report";
import { points } from "../app/figures";
import { useWords } from "../app/language";
import { isLost } from "../keyboard/focus";
import { useKeys } from "../keyboard/Keys";
import { BandTag } from "../parts/Band";
import { Nothing, Wrong } from "../parts/States";
import { FindingCard } from "./FindingCard";
import { grouped, useView } from "./shown";

/** Findings grouped by cause; the keys j and k go from one to the next. */
export function Findings() {
  const { t } = useWords();
  const { id, report, shown, act } = useView();
  const [without, setWithout] = useState<string[]>([]);
  const judged = useQuery({ queryKey: ["judgements", id], queryFn: () => judgementsOf(id) });
  const groups = grouped(report.findings);
  const flat = groups.flatMap(([, findings]) => findings);
  const scroll = useRef<HTMLDivElement>(null);
  const stepped = useRef(false); // the keyboard goes along with the finding that is open
  const headOf = (finding: string | null) =>
    scroll.current?.querySelector<HTMLElement>(`[data-finding="${finding}"] .finding-head`);
  const step = (by: number) => {
    const at = flat.findIndex((f) => f.fingerprint === shown.finding);
    const next = flat[Math.max(0, Math.min(flat.length - 1, at + by))];
    if (!next) return;
    stepped.current = true;
    if (next.fingerprint === shown.finding) headOf(shown.finding)?.focus();
    act({ kind: "finding", finding: next });
  };
  useKeys([
    { keys: "j", label: t("keys.next"), act: () => step(1) },
    { keys: "k", label: t("keys.previous"), act: () => step(-1) },
  ]);
  useEffect(() => {
    scroll.current
      ?.querySelector(`[data-finding="${shown.finding}"]`)
      ?.scrollIntoView({ block: "nearest" });
    if (stepped.current || isLost()) headOf(shown.finding)?.focus({ preventScroll: true });
    stepped.current = false;
  }, [shown.finding]);
  if (!flat.length) return <Nothing>{t("findings.none")}</Nothing>;
  const toggle = (f: Finding) =>
    setWithout((all) =>
      all.includes(f.fingerprint)
        ? all.filter((x) => x !== f.fingerprint)
        : [...all, f.fingerprint],
    );
  return (
    <div className="sheet" ref={scroll}>
      {without.length > 0 && <WhatIf fingerprints={without} clear={() => setWithout([])} />}
      {groups.map(([group, findings]) => (
        <section key={group} className="cause">
          {findings.length > 1 && (
            <h2 className="cause-head">{t("findings.one_cause", { count: findings.length })}</h2>
          )}
          {findings.map((f) => (
            <FindingCard
              key={f.fingerprint}
              finding={f}
              judgement={judged.data?.find((j) => j.fingerprint === f.fingerprint && j.counts)}
              left={without.includes(f.fingerprint)}
              toggle={() => toggle(f)}
              next={() => step(1)}
            />
          ))}
        </section>
      ))}
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
