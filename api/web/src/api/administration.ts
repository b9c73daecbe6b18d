import { api, taken, type Schemas } from "./client";
import { get, post, request } from "./request";

export type User = Schemas["UserOut"];
export type NewUser = Schemas["NewUser"];
export type Key = Schemas["KeyOut"];
export type Policy = Schemas["PolicyOut"];
export type PolicyHead = Schemas["PolicyHead"];
export type Rule = Schemas["RuleOut"];
export type Organisation = Schemas["OrganisationOut"];
export type Statistics = Schemas["Statistics"];
export type RulePrecision = Schemas["RulePrecision"];

export const addUser = async (body: NewUser) => taken(await api.POST("/v1/users", { body }));
export const changeUser = async (user_id: string, body: Schemas["UserChange"]) => taken(await api.PATCH("/v1/users/{user_id}", { params: { path: { user_id } }, body }));

export const listKeys = async () => taken(await api.GET("/v1/keys", { params: { query: { limit: 200 } } })).items;
export const addKey = async (body: Schemas["NewKey"]) => taken(await api.POST("/v1/keys", { body }));
export const revokeKey = async (key_id: string) => taken(await api.DELETE("/v1/keys/{key_id}", { params: { path: { key_id } } }));

export const getOrganisation = async () => taken(await api.GET("/v1/organisation"));
export const changeOrganisation = async (body: Schemas["OrganisationChange"]) => taken(await api.PATCH("/v1/organisation", { body }));

export const listRules = async () => taken(await api.GET("/v1/rules")).items;
export const listPolicies = async () => taken(await api.GET("/v1/policies")).items;
export const activePolicy = async () => taken(await api.GET("/v1/policies/active"));
export const getPolicy = async (policy_id: string) => taken(await api.GET("/v1/policies/{policy_id}", { params: { path: { policy_id } } }));
export const draftPolicy = async (changes: Record<string, number>) => taken(await api.POST("/v1/policies", { body: { changes, version: "" } }));
export const backTest = async (policy_id: string, packets: number) => taken(await api.POST("/v1/policies/{policy_id}/back-test", { params: { path: { policy_id } }, body: { packets } }));
export const activatePolicy = async (policy_id: string) => taken(await api.POST("/v1/policies/{policy_id}/activate", { params: { path: { policy_id } } }));

export const getStatistics = async () => taken(await api.GET("/v1/statistics"));
export const getPrecision = async () => taken(await api.GET("/v1/statistics/rules")).items;

export interface Webhook {
  id: string;
  name: string;
  url: string;
  kinds: string[];
  active: boolean;
  created_at: string;
}

export interface Delivery {
  id: string;
  event_id: string;
  state: string;
  attempt: number;
  next_at: string | null;
  log: { at: string; status: number | null; error: string | null; ms: number }[];
}

export interface AuditRow {
  seq: number;
  at: string;
  actor: string;
  actor_name: string;
  action: string;
  subject: string;
  detail: Record<string, unknown>;
  hash: string;
}

export interface AuditVerdict {
  whole: boolean;
  rows: number;
  detail: { zh: string; en: string };
  first_bad: number | null;
  covered: number;
}

interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

const at = (id: string) => `/webhooks/${encodeURIComponent(id)}`;
export const KINDS = ["packet.done", "packet.quarantined", "packet.cancelled", "case.decided"];
export const listWebhooks = async () => (await get<Page<Webhook>>("/webhooks", { limit: 200 })).items;
export const addWebhook = (body: { name: string; url: string; kinds: string[] }) => post<Webhook & { secret: string }>("/webhooks", body);
export const changeWebhook = (id: string, body: Partial<Webhook>) => request<Webhook>("PATCH", at(id), { body });
export const dropWebhook = (id: string) => request("DELETE", at(id));
export const testWebhook = (id: string) => post(`${at(id)}/test`);
export const rotateWebhook = (id: string) => post<Webhook & { secret: string }>(`${at(id)}/rotate`);
export const listDeliveries = async (id: string) => (await get<Page<Delivery>>(`${at(id)}/deliveries`)).items;
export const replayDelivery = (id: string) => post(`/deliveries/${encodeURIComponent(id)}/replay`);

export const listAudit = (filter: { actor?: string; action?: string; subject?: string }, cursor?: string) => get<Page<AuditRow>>("/audit", { ...filter, cursor, limit: 100 });
export const verifyAudit = () => get<AuditVerdict>("/audit/verify");
export const getOperation = () => get<Record<string, unknown>>("/operation");
export const getHealth = async (): Promise<Record<string, unknown>> => (await fetch("/health")).json() as Promise<Record<string, unknown>>;
