/** Requests whose answers the OpenAPI document leaves open; the same guard as `api`. */
import { csrfToken, Problem, problemOf } from "./client";

export interface Asked {
  query?: Record<string, string | number | boolean | null | undefined>;
  body?: unknown;
  headers?: Record<string, string>;
}

export interface Answer<T> {
  data: T;
  etag: string;
}

export async function request<T>(method: string, path: string, { query = {}, body, headers = {} }: Asked = {}): Promise<Answer<T>> {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined && value !== null && value !== "") search.set(name, String(value));
  const given: Record<string, string> = { ...headers };
  if (method !== "GET") given["X-CSRF-Token"] = csrfToken();
  if (body !== undefined) given["Content-Type"] = "application/json";
  const url = search.size ? `/v1${path}?${search}` : `/v1${path}`;
  const response = await fetch(url, { method, headers: given, body: body === undefined ? undefined : JSON.stringify(body) }).catch((error: unknown) => {
    throw new Problem(problemOf(error, 0));
  });
  const data: unknown = response.status === 204 ? null : await response.json().catch(() => null);
  if (!response.ok) throw new Problem(problemOf(data, response.status));
  return { data: data as T, etag: response.headers.get("ETag") ?? "" };
}

export const get = async <T>(path: string, query?: Asked["query"]): Promise<T> => (await request<T>("GET", path, { query })).data;
export const post = async <T>(path: string, body?: unknown, query?: Asked["query"]): Promise<T> => (await request<T>("POST", path, { body: body ?? {}, query })).data;
