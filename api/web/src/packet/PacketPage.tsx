import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useMemo, useReducer, useState } from "react";
import { useParams, useSearchParams } from "react-router";
import { getPacket, FINAL, type Packet } from "../api/packets";
import type { Report } from "../api/report";
import { useWords } from "../app/language";
import { Page } from "../parts/Page";
import { Loaded, Nothing } from "../parts/States";
import { Steps } from "../upload/Steps";
import { Actions, Head } from "./Head";
import { Sheets } from "./Sheets";
import { firstShown, searchOf, shownAfter, ViewContext, type Act, type Shown } from "./shown";
import { useReport } from "../api/useReport";
import { Panes } from "./viewer/Panes";
import { Strip } from "./viewer/Strip";

const Guide = lazy(async () => ({ default: (await import("./Guide")).Guide }));

export function PacketPage() {
  const { packet: id = "" } = useParams();
  const packet = useQuery({ queryKey: ["packet", id], queryFn: () => getPacket(id) });
  return <Loaded query={packet}>{(data) => <Reported key={id} packet={data} />}</Loaded>;
}

function Reported({ packet }: { packet: Packet }) {
  const { t } = useWords();
  const [search] = useSearchParams();
  const [reveal, setReveal] = useState("");
  const revision = Number(search.get("revision")) || undefined;
  const final = FINAL.includes(packet.status);
  const report = useReport(packet, revision, reveal);
  if (packet.score === null) {
    return (
      <Page title={packet.reference}>
        {final ? <Nothing>{t("packet.no_report")}</Nothing> : <Steps packet={packet} />}
      </Page>
    );
  }
  return (
    <Loaded query={report}>
      {(data) => (
        <Screen
          key={data.documents.map((d) => d.id).join()}
          packet={packet}
          report={data}
          revision={revision}
          reveal={setReveal}
          revealed={reveal}
        />
      )}
    </Loaded>
  );
}

interface ShownProps {
  packet: Packet;
  report: Report;
  revision: number | undefined;
  reveal: (reason: string) => void;
  revealed: string;
}

function Screen({ packet, report, revision, reveal, revealed }: ShownProps) {
  const [search, setSearch] = useSearchParams();
  const [shown, act] = useReducer(
    (before: Shown, next: Act) => shownAfter(report, before, next),
    null,
    () => firstShown(report, search),
  );
  const wanted = searchOf(shown, search).toString();
  useEffect(() => {
    if (wanted !== search.toString()) setSearch(wanted, { replace: true });
  }, [wanted, search, setSearch]);
  const documents = useMemo(() => new Map(report.documents.map((d) => [d.id, d])), [report]);
  const view = useMemo(
    () => ({ id: packet.id, packet, revision, revealed, report, shown, act, documents }),
    [packet, revision, revealed, report, shown, documents],
  );
  return (
    <ViewContext value={view}>
      <Page
        wide
        title={`${packet.reference} ${report.application.applicant.name}`}
        extra={
          <Actions
            packet={packet}
            revision={revision}
            reveal={reveal}
            revealed={Boolean(revealed)}
          />
        }
      >
        <Head packet={packet} revision={revision} />
        <div className="packet-body">
          <Sheets packet={packet} />
          <div className="papers-side">
            <Panes />
            <Strip />
          </div>
        </div>
        {search.has("tour") && (
          <Suspense>
            <Guide />
          </Suspense>
        )}
      </Page>
    </ViewContext>
  );
}
