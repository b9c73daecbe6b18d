/** The code with which the service sends a browser back to the log-in screen; nothing of an address is shown as it stands. */
export const FAILED = "login_failed";
const KNOWN = [
  "oidc_failed",
  "not_added",
  "wrong_login",
  "too_many",
  "busy",
  "not_configured",
  "not_found",
] as const;

export type FailedCode = (typeof KNOWN)[number] | "other";

/** Why a log-in came back without a session: a known code, "other" for any other, null for none. */
export function failedIn(search: string): FailedCode | null {
  const told = new URLSearchParams(search).get(FAILED);
  return told ? (KNOWN.find((code) => code === told) ?? "other") : null;
}

/** The address that was asked for, without what told of a failed log-in: there the log-in leads back. */
export function asked({ pathname, search }: Pick<Location, "pathname" | "search">): string {
  const rest = new URLSearchParams(search);
  rest.delete(FAILED);
  return `${pathname}${rest.size ? `?${rest}` : ""}`;
}
