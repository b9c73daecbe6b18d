import { Button } from "antd";
import { useState } from "react";
import { useNavigate } from "react-router";
import type { Case } from "../api/cases";
import { useWords } from "../app/language";
import { useMe } from "../app/me";
import { Panel } from "../parts/Page";

const STEPS = ["verdict", "findings", "page", "judge", "decision"] as const;

/** What to do on the first day, until the person puts it away; the tour begins at the weightiest case there is. */
export function FirstVisit({ cases }: { cases: Case[] }) {
  const { t } = useWords();
  const go = useNavigate();
  const kept = `huoyan.visited/${useMe().id}`;
  const [away, setAway] = useState(() => localStorage.getItem(kept) === "yes");
  if (away) return null;
  const putAway = () => {
    localStorage.setItem(kept, "yes");
    setAway(true);
  };
  const first = cases[0];
  return (
    <Panel
      className="first-visit"
      title={t("visit.title")}
      extra={
        <Button size="small" type="text" onClick={putAway}>
          {t("visit.away")}
        </Button>
      }
    >
      <ol>
        {STEPS.map((step) => (
          <li key={step}>
            <b>{t(`visit.${step}`)}</b> {t(`visit.${step}_how`)}
          </li>
        ))}
      </ol>
      {first ? (
        <Button
          type="primary"
          onClick={() => {
            putAway();
            void go(`/packets/${first.packet_id}?tour=1`);
          }}
        >
          {t("visit.start")}
        </Button>
      ) : (
        <Button type="primary" onClick={() => void go("/upload")}>
          {t("visit.upload")}
        </Button>
      )}
    </Panel>
  );
}
