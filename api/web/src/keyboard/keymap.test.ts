import { describe, expect, it } from "vitest";
import { pressed, type Binding } from "./keymap";

const bound = (keys: string): Binding => ({ keys, label: keys, act: () => undefined });
const press = (key: string, more = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...more,
});
const all = [bound("g c"), bound("g"), bound("j"), bound("?")].filter((b) => b.keys !== "g");

describe("keys", () => {
  it("finds single keys", () => {
    expect(pressed(press("j"), "", all).binding?.keys).toBe("j");
    expect(pressed(press("z"), "", all)).toEqual({ binding: null, pending: "" });
  });
  it("waits for the second key of a sequence", () => {
    const first = pressed(press("g"), "", all);
    expect(first).toEqual({ binding: null, pending: "g" });
    expect(pressed(press("c"), first.pending, all).binding?.keys).toBe("g c");
  });
  it("takes a key that continues nothing for itself", () => {
    expect(pressed(press("j"), "g", all).binding?.keys).toBe("j");
  });
  it("leaves the browser its keys", () => {
    expect(pressed(press("j", { ctrlKey: true }), "", all).binding).toBeNull();
  });
  it("lets the innermost screen have a key that two bind", () => {
    const inner = bound("j");
    expect(pressed(press("j"), "", [...all, inner]).binding).toBe(inner);
  });
});
