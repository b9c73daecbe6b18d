import { describe, expect, it } from "vitest";
import en from "../i18n/en.json";
import { asked, failedIn } from "./failed";

describe("a log-in that came back", () => {
  it("tells a code that has words, whatever the address says", () => {
    expect([
      failedIn(""),
      failedIn("?lang=en"),
      failedIn("?login_failed=not_added"),
      failedIn("?login_failed=<b>x</b>"),
    ]).toEqual([null, null, "not_added", "other"]);
    for (const code of [
      "oidc_failed",
      "not_added",
      "wrong_login",
      "too_many",
      "busy",
      "not_configured",
      "not_found",
      "other",
    ])
      expect(en.login_failed).toHaveProperty(code);
  });

  it("leads back to what was asked for", () => {
    expect(asked({ pathname: "/graph", search: "?packet=p&login_failed=busy" })).toBe(
      "/graph?packet=p",
    );
    expect(asked({ pathname: "/", search: "?login_failed=busy" })).toBe("/");
  });
});
