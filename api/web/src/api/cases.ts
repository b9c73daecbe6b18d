import { get, post, request } from "./request";

export type Verdict = "confirmed" | "false_alarm" | "unclear";
export type Disposition = "clean" | "ask_for_papers" | "false_information" | "unclear";
export const DISPOSITIONS: Disposition[] = ["clean", "ask_for_papers", "unclear", "false_information"];

export interface Judgement {
  id: string;
  fingerprint: string;
  rule: string;
  verdict: Verdict;
  reason: string;
  made_by: string;
  made_at: string;
}

export interface Case {
  id: string;
  packet_id: string;
  reference: string;
  applicant: string;
  branch: string;
  amount: string;
  state: "open" | "claimed" | "proposed" | "decided";
  assignee: string;
  score: number;
  band: string;
  coverage: number;
  disposition: Disposition | "";
  proposed_by: string;
  version: number;
  opened_at: string;
  updated_at: string;
}

export interface CaseEvent {
  id: string;
  seq: number;
  kind: string;
  actor: string;
  at: string;
  body: Record<string, unknown>;
}

export interface CaseFilter {
  state?: string;
  band?: string;
  branch?: string;
  assignee?: string;
  q?: string;
  order?: string;
}

interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

const name = encodeURIComponent;

export const listCases = (filter: CaseFilter, cursor?: string) => get<Page<Case>>("/cases", { ...filter, cursor, limit: 50 });
export const nextCase = () => post<Case>("/cases/next");
export const getCase = (id: string) => get<Case>(`/cases/${name(id)}`);
export const eventsOf = async (id: string) => (await get<Page<CaseEvent>>(`/cases/${name(id)}/events`)).items;

/** A change of a case as it was read: refused when somebody changed it meanwhile. */
export async function changeCase(found: Case, act: string, body: object = {}): Promise<Case> {
  return (await request<Case>("POST", `/cases/${name(found.id)}/${act}`, { body, headers: { "If-Match": `"v${found.version}"` } })).data;
}

export interface BulkOutcome {
  id: string;
  outcome: string;
  code?: string;
  detail?: { zh: string; en: string };
}

export const bulk = (ids: string[], action: string, preview: boolean, user_id?: string) =>
  post<{ items: BulkOutcome[] }>("/cases/bulk", { ids, action, preview, ...(user_id ? { user_id } : {}) });

export const judgementsOf = async (packet: string) => (await get<Page<Judgement>>(`/packets/${name(packet)}/judgements`)).items;
export const judge = (packet: string, fingerprint: string, verdict: Verdict, reason: string) =>
  post<Judgement>(`/packets/${name(packet)}/findings/${name(fingerprint)}/judgement`, { verdict, reason });
