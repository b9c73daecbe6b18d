/** What the packet screen shows: the pages in its panes, the finding in hand, the place looked at. */
import { createContext, useContext } from "react";
import { causesOf, inOrder } from "./causes";
import type { Packet, State } from "../api/packets";
import type { Box, Evidence, Finding, PaperDocument, Report } from "../api/report";

/** Which state of a paper: an earlier save that its file still holds, or as an earlier report of the packet read it. */
export interface Version {
  kind: "file" | "report";
  number: number;
}

export interface Place {
  document: string;
  page: number;
  /** Without it, the paper as it is. */
  version?: Version;
  /** A place to zoom and scroll to; a new object each time, so that the same place can be asked for again. */
  box?: Box;
}

export interface Shown {
  panes: Place[];
  finding: string | null;
  tab: string;
}

export type Act =
  | { kind: "place"; pane: number; place: Place }
  | { kind: "finding"; finding: Finding; evidence?: Evidence; beside?: boolean }
  | { kind: "look"; place: Place }
  | { kind: "tab"; tab: string }
  | { kind: "side"; place: Place | null }
  | { kind: "jump"; panes: Place[] };

/** The place that an address names (`document`, `page`, `box`), where it is one of this packet. */
export function placeIn(report: Report, search: URLSearchParams): Place | null {
  const paper = report.documents.find((d) => d.id === search.get("document"));
  if (!paper) return null;
  const box = (search.get("box") ?? "").split(",").map(Number);
  const page = Number(search.get("page"));
  const whole = box.length === 4 && box.every((v) => v >= 0 && v <= 1);
  return {
    document: paper.id,
    page: paper.pages.includes(page) ? page : paper.pages[0],
    ...(whole ? { box: box as Box } : {}),
  };
}

/** What an address asks for: a finding, a sheet, a place; else the weightiest finding and its place. */
export function firstShown(report: Report, search: URLSearchParams): Shown {
  const findings = inOrder(causesOf(report));
  const asked = findings.find((f) => f.fingerprint === search.get("finding"));
  const finding = asked ?? findings[0];
  const place = placeIn(report, search) ?? (finding ? placeOf(report, finding) : null);
  const first = report.documents[0];
  const pane = place ?? { document: first?.id ?? "", page: first?.pages[0] ?? 1 };
  return {
    panes: [pane],
    finding: finding?.fingerprint ?? null,
    tab: search.get("tab") ?? "findings",
  };
}

/** The address that leads back to what is shown: to be sent to a colleague, or returned to. */
export function searchOf(shown: Shown, before: URLSearchParams): URLSearchParams {
  const search = new URLSearchParams(before);
  const [place] = shown.panes;
  const said = {
    tab: shown.tab === "findings" ? null : shown.tab,
    finding: shown.finding,
    document: place.document,
    page: String(place.page),
    box: place.box?.map((edge) => edge.toFixed(4)).join(",") ?? null,
  };
  for (const [key, value] of Object.entries(said)) {
    if (value) search.set(key, value);
    else search.delete(key);
  }
  return search;
}

/** The first place of a finding that is in this packet's papers. */
export function placeOf(report: Report, finding: Finding): Place | null {
  const known = new Set(report.documents.map((d) => d.id));
  const at = [...finding.evidence, ...finding.against].find((e) => known.has(e.document));
  return at ? { document: at.document, page: at.page, box: at.box } : null;
}

export function shownAfter(report: Report, shown: Shown, act: Act): Shown {
  switch (act.kind) {
    case "place":
      return { ...shown, panes: moved(shown.panes, act.pane, act.place) };
    case "look":
      return { ...shown, panes: moved(shown.panes, 0, { ...act.place }) };
    case "finding":
      return withFinding(report, shown, act);
    case "tab":
      return { ...shown, tab: act.tab };
    case "side":
      return { ...shown, panes: act.place ? [shown.panes[0], act.place] : [shown.panes[0]] };
    case "jump":
      return { ...shown, panes: act.panes };
  }
}

function withFinding(
  report: Report,
  shown: Shown,
  { finding, evidence, beside }: Extract<Act, { kind: "finding" }>,
): Shown {
  const after = { ...shown, tab: "findings", finding: finding.fingerprint };
  const place = evidence
    ? { document: evidence.document, page: evidence.page, box: evidence.box }
    : placeOf(report, finding);
  if (!place) return after;
  if (beside) return { ...after, panes: [shown.panes[0], place] };
  return { ...after, panes: moved(shown.panes, 0, { ...place }) };
}

/** The panes after one has moved: a paper and an earlier state of it turn their pages together. */
function moved(panes: Place[], pane: number, place: Place): Place[] {
  const together =
    panes.length > 1 && panes[1].version && panes.every((p) => p.document === place.document);
  return panes.map((p, n) =>
    n === pane
      ? place
      : together && p.page !== place.page
        ? { document: p.document, page: place.page, version: p.version }
        : p,
  );
}

/** What to ask the service for, to see a place; `revision` is that of the report on the screen. */
export const stateOf = ({ version }: Place, revision: number | undefined): State =>
  version?.kind === "file"
    ? { revision, file_revision: version.number }
    : { revision: version?.number ?? revision };

/** Places with the same key show the same page. */
export const keyOf = ({ document, page, version }: Place) =>
  [document, page, version?.kind, version?.number].join("/");

export interface PacketView {
  id: string;
  packet: Packet;
  /** The revision of the report on the screen, where it is not the latest. */
  revision: number | undefined;
  /** Why personal data is shown; empty where it is masked. */
  revealed: string;
  report: Report;
  shown: Shown;
  act: (act: Act) => void;
  documents: Map<string, PaperDocument>;
}

export const ViewContext = createContext<PacketView | null>(null);

export function useView(): PacketView {
  const view = useContext(ViewContext);
  if (!view) throw new Error("parts of the packet screen are within it");
  return view;
}
