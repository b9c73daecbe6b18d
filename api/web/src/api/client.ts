/** The one way to the service: typed by its OpenAPI document, with the CSRF token on what changes something. */
import createClient, { type Middleware } from "openapi-fetch";
import type { components, paths } from "./schema";

export type Schemas = components["schemas"];

/** What the service says when it refuses: RFC 9457, in both languages. */
export interface ProblemBody {
  code: string;
  status: number;
  detail: { zh: string; en: string };
  errors?: { at: string; message: string; zh: string; en: string }[];
  request_id?: string;
}

export class Problem extends Error {
  readonly body: ProblemBody;
  constructor(body: ProblemBody) {
    super(body.code);
    this.body = body;
  }
}

const OFFLINE: ProblemBody = {
  code: "offline",
  status: 0,
  detail: {
    zh: "无法连接服务；请检查网络后重试。",
    en: "The service does not answer; check the network and try again.",
  },
};

let csrf = "";
let loggedOut: () => void = () => undefined;

export function rememberCsrf(token: string): void {
  csrf = token;
}

export function csrfToken(): string {
  return csrf;
}

/** Called when the service says that nobody is logged in. */
export function onLoggedOut(act: () => void): void {
  loggedOut = act;
}

const guard: Middleware = {
  onRequest({ request }) {
    if (request.method !== "GET") request.headers.set("X-CSRF-Token", csrf);
    return request;
  },
  onResponse({ response, schemaPath }) {
    if (response.status === 401 && schemaPath !== "/v1/session" && schemaPath !== "/v1/me")
      loggedOut();
    return undefined;
  },
  onError() {
    return new Problem(OFFLINE);
  },
};

export const api = createClient<paths>({ baseUrl: "/", credentials: "same-origin" });
api.use(guard);

/** The data of an answer. Throws Problem. */
export function taken<T>(answer: { data?: T; error?: unknown; response: Response }): T {
  if (!answer.response.ok) throw new Problem(problemOf(answer.error, answer.response.status));
  return answer.data as T;
}

export function problemOf(error: unknown, status: number): ProblemBody {
  if (error instanceof Problem) return error.body;
  if (error && typeof error === "object" && "detail" in error && "code" in error)
    return error as ProblemBody;
  return {
    ...OFFLINE,
    status,
    code: "internal",
    detail: {
      zh: `服务出错（${status}）；请稍后重试。`,
      en: `The service failed (${status}); try again later.`,
    },
  };
}
