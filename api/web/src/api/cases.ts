import { api, Problem, problemOf, taken, type Schemas } from "./client";
import type { Band, Lang } from "./report";

export type Verdict = Schemas["NewJudgement"]["verdict"];
export type Disposition = Schemas["Disposal"]["disposition"];
export type Judgement = Schemas["JudgementOut"];
export type Case = Schemas["CaseOut"];
export type CaseDetail = Schemas["CaseDetail"];
export type CaseEvent = Schemas["CaseEventOut"];
export type BulkOutcome = Schemas["Outcome"];
export type Action = Schemas["Bulk"]["action"];
export const DISPOSITIONS: Disposition[] = [
  "clean",
  "ask_for_papers",
  "unclear",
  "false_information",
];

export const QUEUE_VIEWS = ["mine", "review", "unclaimed", "decided"] as const;
export type QueueView = (typeof QUEUE_VIEWS)[number];
export type Counts = Schemas["Counts"];
export type SavedView = Schemas["ViewOut"];
export type Hit = Schemas["CaseHit"];

export interface CaseFilter {
  view?: QueueView;
  state?: "open" | "claimed" | "proposed" | "decided";
  band?: Band;
  branch?: string;
  assignee?: string;
  q?: string;
  order?: "newest" | "oldest" | "score" | "updated";
}

export const listCases = async (filter: CaseFilter, cursor?: string) =>
  taken(await api.GET("/v1/cases", { params: { query: { ...filter, cursor, limit: 50 } } }));

/** The cases that the queue shows, for a spreadsheet. */
export const tableUrl = (filter: CaseFilter, lang: Lang): string =>
  `/v1/cases/table.csv?${new URLSearchParams({ order: "score", ...filter, lang }).toString()}`;

export const countCases = async (): Promise<Counts> => taken(await api.GET("/v1/cases/counts"));

export const listViews = async (): Promise<SavedView[]> => taken(await api.GET("/v1/views")).items;
export const addView = async (body: Schemas["NewView"]) =>
  taken(await api.POST("/v1/views", { body }));
export const dropView = async (view_id: string) =>
  taken(await api.DELETE("/v1/views/{view_id}", { params: { path: { view_id } } }));

export const searchAll = async (q: string): Promise<Hit[]> =>
  taken(await api.GET("/v1/search", { params: { query: { q, limit: 20 } } })).items;

/** The case claimed among those that the filters leave; null when nothing is open. */
export async function nextCase({ band, branch, q }: CaseFilter): Promise<CaseDetail | null> {
  const answer = await api.POST("/v1/cases/next", { params: { query: { band, branch, q } } });
  return answer.response.status === 204 ? null : (taken(answer) ?? null);
}

export const getCase = async (case_id: string): Promise<CaseDetail> =>
  taken(await api.GET("/v1/cases/{case_id}", { params: { path: { case_id } } }));

export const eventsOf = async (case_id: string): Promise<CaseEvent[]> =>
  taken(
    await api.GET("/v1/cases/{case_id}/events", {
      params: { path: { case_id }, query: { limit: 200 } },
    }),
  ).items;

export interface Change {
  act: "claim" | "release" | "comment" | "propose" | "decide" | "return" | "reopen";
  text: string;
  disposition?: Disposition;
}

/** A change of a case as it was read: refused when somebody changed it meanwhile. */
export async function changeCase(
  found: Case,
  { act, text, disposition }: Change,
): Promise<CaseDetail> {
  const params = { path: { case_id: found.id }, header: { "If-Match": `"v${found.version}"` } };
  const disposal = () => {
    if (!disposition) throw new Problem(problemOf(null, 422));
    return { disposition, reason: text };
  };
  switch (act) {
    case "claim":
      return taken(await api.POST("/v1/cases/{case_id}/claim", { params }));
    case "release":
      return taken(await api.POST("/v1/cases/{case_id}/release", { params }));
    case "comment":
      return taken(await api.POST("/v1/cases/{case_id}/comment", { params, body: { text } }));
    case "propose":
      return taken(await api.POST("/v1/cases/{case_id}/propose", { params, body: disposal() }));
    case "decide":
      return taken(await api.POST("/v1/cases/{case_id}/decide", { params, body: disposal() }));
    case "return":
      return taken(
        await api.POST("/v1/cases/{case_id}/return", { params, body: { reason: text } }),
      );
    case "reopen":
      return taken(
        await api.POST("/v1/cases/{case_id}/reopen", { params, body: { reason: text } }),
      );
  }
}

export const bulk = async (ids: string[], action: Action, preview: boolean, user_id?: string) =>
  taken(
    await api.POST("/v1/cases/bulk", {
      body: { ids, action, preview, user_id: action === "assign" ? user_id : null },
    }),
  );

export const judgementsOf = async (packet_id: string): Promise<Judgement[]> =>
  taken(
    await api.GET("/v1/packets/{packet_id}/judgements", {
      params: { path: { packet_id }, query: { limit: 200 } },
    }),
  ).items;

export async function judge(
  packet_id: string,
  fingerprint: string,
  verdict: Verdict,
  reason: string,
  key: string,
): Promise<Judgement> {
  const params = { path: { packet_id, fingerprint } };
  return taken(
    await api.POST("/v1/packets/{packet_id}/findings/{fingerprint}/judgement", {
      params,
      body: { verdict, reason },
      headers: { "Idempotency-Key": key },
    }),
  );
}
