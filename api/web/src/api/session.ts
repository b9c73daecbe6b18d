import { api, rememberCsrf, taken, type Schemas } from "./client";

export type Me = Schemas["Me"];
export type User = Schemas["UserOut"];

/** Who is logged in; null for nobody. */
export async function whoAmI(): Promise<Me | null> {
  const answer = await api.GET("/v1/me");
  if (answer.response.status === 401) return null;
  const me = taken(answer);
  rememberCsrf(me.csrf);
  return me;
}

export async function logIn(body: Schemas["Login"]): Promise<Me> {
  const me = taken(await api.POST("/v1/session", { body }));
  rememberCsrf(me.csrf);
  return me;
}

export async function logOut(): Promise<void> {
  taken(await api.DELETE("/v1/session"));
}

/** How one may log in here, told to anybody. */
export const waysIn = async (): Promise<Schemas["Ways"]> =>
  taken(await api.GET("/v1/session/ways"));
