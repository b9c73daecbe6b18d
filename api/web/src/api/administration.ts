import { api, taken, type Schemas } from "./client";

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
export const changeUser = async (user_id: string, body: Schemas["UserChange"]) =>
  taken(await api.PATCH("/v1/users/{user_id}", { params: { path: { user_id } }, body }));

export type PersonChange = Schemas["ChangeOut"];
const change = (change_id: string) => ({ params: { path: { change_id } } });
export const listPersonChanges = async () =>
  taken(await api.GET("/v1/people-changes", { params: { query: { limit: 200 } } })).items;
export const agreeToChange = async (id: string) =>
  taken(await api.POST("/v1/people-changes/{change_id}/approve", change(id)));
export const refuseChange = async (id: string) =>
  taken(await api.POST("/v1/people-changes/{change_id}/refuse", change(id)));

export const listKeys = async () =>
  taken(await api.GET("/v1/keys", { params: { query: { limit: 200 } } })).items;
export const addKey = async (body: Schemas["NewKey"]) =>
  taken(await api.POST("/v1/keys", { body }));
export const revokeKey = async (key_id: string) =>
  taken(await api.DELETE("/v1/keys/{key_id}", { params: { path: { key_id } } }));

export const getOrganisation = async () => taken(await api.GET("/v1/organisation"));
export const changeOrganisation = async (body: Schemas["OrganisationChange"]) =>
  taken(await api.PATCH("/v1/organisation", { body }));

export const listRules = async () => taken(await api.GET("/v1/rules")).items;
export const listPolicies = async () => taken(await api.GET("/v1/policies")).items;
export const activePolicy = async () => taken(await api.GET("/v1/policies/active"));
export const getPolicy = async (policy_id: string) =>
  taken(await api.GET("/v1/policies/{policy_id}", { params: { path: { policy_id } } }));
export const draftPolicy = async (changes: Record<string, number>) =>
  taken(await api.POST("/v1/policies", { body: { changes, version: "" } }));
export const backTest = async (policy_id: string, packets: number) =>
  taken(
    await api.POST("/v1/policies/{policy_id}/back-test", {
      params: { path: { policy_id } },
      body: { packets },
    }),
  );
export const activatePolicy = async (policy_id: string) =>
  taken(await api.POST("/v1/policies/{policy_id}/activate", { params: { path: { policy_id } } }));

export const getStatistics = async () => taken(await api.GET("/v1/statistics"));
export const getPrecision = async () => taken(await api.GET("/v1/statistics/rules")).items;

export type Webhook = Schemas["WebhookOut"];
export type NewWebhook = Schemas["NewWebhook"];
export type Delivery = Schemas["DeliveryOut"];
export type AuditRow = Schemas["AuditOut"];
export const KINDS: NewWebhook["kinds"] = [
  "packet.done",
  "packet.quarantined",
  "packet.cancelled",
  "case.decided",
];

const hook = (webhook_id: string) => ({ params: { path: { webhook_id } } });
export const listWebhooks = async () =>
  taken(await api.GET("/v1/webhooks", { params: { query: { limit: 200 } } })).items;
export const addWebhook = async (body: NewWebhook) =>
  taken(await api.POST("/v1/webhooks", { body }));
export const changeWebhook = async (id: string, body: Schemas["WebhookChange"]) =>
  taken(await api.PATCH("/v1/webhooks/{webhook_id}", { ...hook(id), body }));
export const dropWebhook = async (id: string) =>
  taken(await api.DELETE("/v1/webhooks/{webhook_id}", hook(id)));
export const testWebhook = async (id: string) =>
  taken(await api.POST("/v1/webhooks/{webhook_id}/test", hook(id)));
export const rotateWebhook = async (id: string) =>
  taken(await api.POST("/v1/webhooks/{webhook_id}/rotate", hook(id)));
export const listDeliveries = async (id: string) =>
  taken(await api.GET("/v1/webhooks/{webhook_id}/deliveries", hook(id))).items;
export const replayDelivery = async (delivery_id: string) =>
  taken(
    await api.POST("/v1/deliveries/{delivery_id}/replay", { params: { path: { delivery_id } } }),
  );

export const listAudit = async (
  filter: { action?: string; subject?: string; actor?: string },
  cursor?: string,
) => taken(await api.GET("/v1/audit", { params: { query: { ...filter, cursor, limit: 100 } } }));
export const verifyAudit = async () => taken(await api.GET("/v1/audit/verify"));
export const getOperation = async () => taken(await api.GET("/v1/operation"));
