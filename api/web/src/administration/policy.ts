/** A policy's figures by dotted path, as its drafts change them. */
export type Changes = Record<string, number>;

/** Every figure of a policy with its path: bands.high, points.low, limits.CON02.warn. */
export function figuresOf(body: Record<string, unknown>, before = ""): [string, number][] {
  return Object.entries(body).flatMap(([key, value]): [string, number][] => {
    const path = before ? `${before}.${key}` : key;
    if (typeof value === "number") return [[path, value]];
    return value && typeof value === "object" && !Array.isArray(value)
      ? figuresOf(value as Record<string, unknown>, path)
      : [];
  });
}

/** The figures that a draft changes: those that differ from the policy in force. */
export function changedFrom(
  figures: [string, number][],
  wanted: Record<string, number | null | undefined>,
): Changes {
  return Object.fromEntries(
    figures.flatMap(([path, value]) =>
      typeof wanted[path] === "number" && wanted[path] !== value ? [[path, wanted[path]]] : [],
    ),
  );
}

export interface BackTest {
  packets?: number;
  left_out?: number;
  moves?: { before: string; after: string; count: number }[];
  changed?: {
    packet: string;
    reference: string;
    before?: { score: number; band: string };
    after?: { score: number; band: string };
    gone: unknown[];
    new: unknown[];
  }[];
  rules?: { rule: string; gone: number; new: number }[];
}
