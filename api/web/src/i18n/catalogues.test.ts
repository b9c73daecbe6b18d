import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import en from "./en.json";
import zh from "./zh.json";

type Tree = { [key: string]: string | Tree };

function flat(tree: Tree, before = ""): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([k, v]): [string, string][] =>
      typeof v === "string" ? [[before + k, v]] : [...flat(v, `${before}${k}.`)],
    ),
  );
}

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((e) =>
    e.isDirectory()
      ? sources(join(folder, e.name))
      : /\.tsx?$/.test(e.name) && !/\.(test|d)\.ts$/.test(e.name)
        ? [join(folder, e.name)]
        : [],
  );
}

const [chinese, english] = [flat(zh), flat(en)];
const holes = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((m) => m[1]).sort();

describe("words", () => {
  it("are the same in both languages, with the same places to fill", () => {
    expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort());
    for (const [key, text] of chinese)
      expect(holes(english.get(key) ?? ""), key).toEqual(holes(text));
  });
  it("are Chinese in Chinese and not in English", () => {
    const borrowed = /^(export\.|.*SHA)/;
    for (const [key, text] of chinese)
      if (!borrowed.test(key)) expect(text, key).toMatch(/[\u3001-\u3011\u4e00-\u9fff]/);
    for (const [key, text] of english) expect(text, key).not.toMatch(/[\u4e00-\u9fff]/);
  });
  it("exist for every key that the screens name", () => {
    const root = join(import.meta.dirname, "..");
    for (const file of sources(root)) {
      for (const [, key] of readFileSync(file, "utf-8").matchAll(/\bt\("([\w.]+)"/g))
        expect(chinese.has(key), `${key} in ${file}`).toBe(true);
    }
  });
});

describe("source files", () => {
  it("stay small", () => {
    for (const file of sources(join(import.meta.dirname, "..")))
      expect(readFileSync(file, "utf-8").split("\n").length, file).toBeLessThan(400);
  });
  it("never make HTML of text", () => {
    const sinks =
      /dangerouslySetInnerHTML|innerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/;
    for (const file of sources(join(import.meta.dirname, "..")))
      expect(readFileSync(file, "utf-8"), file).not.toMatch(sinks);
  });
});
