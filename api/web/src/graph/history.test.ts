import { describe, expect, it } from "vitest";
import { begun, done, redone, undone } from "./history";

describe("history", () => {
  it("undoes and redoes in order", () => {
    const three = done(done(begun("a"), "b"), "c");
    const one = undone(undone(three));
    expect(one.present).toBe("a");
    expect(undone(one)).toEqual(one);
    expect(redone(redone(one)).present).toBe("c");
    expect(redone(three)).toEqual(three);
  });
  it("forgets what was undone once something new is done", () => {
    const forked = done(undone(done(begun("a"), "b")), "c");
    expect(forked.future).toEqual([]);
    expect(undone(forked).present).toBe("a");
  });
  it("takes the same state for no step", () => {
    const first = begun("a");
    expect(done(first, "a")).toBe(first);
  });
  it("keeps a bounded past", () => {
    let long = begun(0);
    for (let n = 1; n <= 250; n += 1) long = done(long, n);
    expect(long.past).toHaveLength(100);
    expect(undone(long).present).toBe(249);
  });
});
