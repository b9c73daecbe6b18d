import { api, taken, type Schemas } from "./client";

export type OwnSession = Schemas["SessionOut"];

export const listNotices = async () => taken(await api.GET("/v1/me/notices")).items;
export const seeNotices = async () => taken(await api.POST("/v1/me/notices/seen"));
export const listSessions = async () => taken(await api.GET("/v1/me/sessions")).items;
export const endSession = async (session_id: string) =>
  taken(await api.DELETE("/v1/me/sessions/{session_id}", { params: { path: { session_id } } }));
export const beginSecondFactor = async (password: string) =>
  taken(await api.POST("/v1/me/second-factor", { body: { password } }));
export const confirmSecondFactor = async (code: string) =>
  taken(await api.POST("/v1/me/second-factor/confirm", { body: { code } }));
export const removeSecondFactor = async (password: string) =>
  taken(await api.POST("/v1/me/second-factor/remove", { body: { password } }));
