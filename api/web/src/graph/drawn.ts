/** What is drawn of the graph, and what a person did to it. Pure, so that each step can be undone. */
import type { Entity, Part, Pattern, Relation } from "../api/graph";

export interface Drawn {
  entities: Map<string, Entity>;
  relations: Map<string, Relation>;
  patterns: Map<string, Pattern>;
  centres: string[];
  pinned: Map<string, [number, number]>;
  notes: Map<string, string>;
  leftOut: number;
}

export const NOTHING: Drawn = {
  entities: new Map(),
  relations: new Map(),
  patterns: new Map(),
  centres: [],
  pinned: new Map(),
  notes: new Map(),
  leftOut: 0,
};

type Found = Pick<Part, "entities" | "relations"> &
  Partial<Pick<Part, "patterns" | "centres" | "left_out">>;

const joined = <T extends { id: string }>(before: Map<string, T>, more: T[]) =>
  new Map([...before, ...more.map((x): [string, T] => [x.id, x])]);

/** The centres, the one with the most ties first: of a packet that is its applicant. */
function byTies(centres: string[], relations: Relation[]): string[] {
  const ties = new Map(
    centres.map((c) => [c, relations.filter((r) => r.source === c || r.target === c).length]),
  );
  return [...centres].sort((a, b) => (ties.get(b) ?? 0) - (ties.get(a) ?? 0));
}

/** What was found laid over what is drawn. */
export function added(drawn: Drawn, found: Found): Drawn {
  const entities = joined(drawn.entities, found.entities);
  const relations = joined(
    drawn.relations,
    found.relations.filter((r) => entities.has(r.source) && entities.has(r.target)),
  );
  const patterns = joined(drawn.patterns, found.patterns ?? []);
  const centres =
    found.centres?.length && !drawn.centres.length
      ? byTies(found.centres, [...relations.values()])
      : drawn.centres;
  return {
    ...drawn,
    entities,
    relations,
    patterns,
    centres,
    leftOut: drawn.leftOut + (found.left_out?.entities ?? 0),
  };
}

export function removed(drawn: Drawn, id: string): Drawn {
  const entities = new Map([...drawn.entities].filter(([k]) => k !== id));
  const relations = new Map(
    [...drawn.relations].filter(([, r]) => r.source !== id && r.target !== id),
  );
  const pinned = new Map([...drawn.pinned].filter(([k]) => k !== id));
  return { ...drawn, entities, relations, pinned };
}

export function pinned(drawn: Drawn, id: string, at: [number, number] | null): Drawn {
  const pins = new Map(drawn.pinned);
  if (at) pins.set(id, at);
  else pins.delete(id);
  return { ...drawn, pinned: pins };
}

export function noted(drawn: Drawn, id: string, text: string): Drawn {
  const notes = new Map(drawn.notes);
  if (text) notes.set(id, text);
  else notes.delete(id);
  return { ...drawn, notes };
}

export interface Filter {
  kinds: string[] | null;
  least: number;
  source: string;
  day: string | null;
}

export const ALL: Filter = { kinds: null, least: 0, source: "", day: null };

/** Whether a relation is live on a day; a missing date is no limit. */
export function liveOn(relation: Pick<Relation, "start" | "end">, day: string | null): boolean {
  if (!day) return true;
  return (!relation.start || relation.start <= day) && (!relation.end || day <= relation.end);
}

function passes(relation: Relation, filter: Filter): boolean {
  if (filter.kinds && !filter.kinds.includes(relation.kind)) return false;
  if (filter.least > 0 && !(Number(relation.amount) >= filter.least)) return false;
  if (
    filter.source &&
    !relation.places.some((p) => `${p.packet} ${p.file}`.includes(filter.source))
  )
    return false;
  return liveOn(relation, filter.day);
}

export interface Seen {
  entities: Entity[];
  relations: Relation[];
  patterns: Pattern[];
}

/** What a filter leaves: its relations, their ends, the centres, and patterns all of whose relations are left. */
export function seen(drawn: Drawn, filter: Filter): Seen {
  const relations = [...drawn.relations.values()].filter((r) => passes(r, filter));
  const kept = new Set(relations.map((r) => r.id));
  const unfiltered = filter.kinds === null && !filter.least && !filter.source && !filter.day;
  const used = new Set([
    ...drawn.centres,
    ...drawn.pinned.keys(),
    ...relations.flatMap((r) => [r.source, r.target]),
  ]);
  const entities = [...drawn.entities.values()].filter((e) => unfiltered || used.has(e.id));
  const patterns = [...drawn.patterns.values()].filter((p) =>
    p.relations.every((r) => kept.has(r) || !drawn.relations.has(r)),
  );
  return { entities, relations, patterns };
}

/** The days on which something begins or ends, in order: the stops of the time slider. */
export function daysOf(drawn: Drawn): string[] {
  const days = [...drawn.relations.values()]
    .flatMap((r) => [r.start, r.end])
    .filter((d): d is string => Boolean(d));
  return [...new Set(days)].sort();
}

/** Kinds of pattern that are drawn as a frame around their members. */
const FRAMED = [
  "guarantee_circle",
  "joint_group",
  "mutual_guarantee",
  "control_group",
  "circular_flow",
];

/** The frame of each entity; an entity is in one frame at most, that of the gravest pattern. */
export function framesOf(patterns: Pattern[]): Map<string, string> {
  const frames = new Map<string, string>();
  for (const kind of FRAMED) {
    for (const p of patterns.filter((x) => x.kind === kind)) {
      if (p.members.some((m) => frames.has(m))) continue;
      for (const m of p.members) frames.set(m, p.id);
    }
  }
  return frames;
}

/** What is drawn as plain data, to be frozen. */
export function frozen(drawn: Drawn, filter: Filter): Record<string, unknown> {
  const { entities, relations, patterns } = seen(drawn, filter);
  return {
    entities,
    relations,
    patterns,
    centres: drawn.centres,
    pinned: Object.fromEntries(drawn.pinned),
    notes: Object.fromEntries(drawn.notes),
    filter,
  };
}

export function thawed(body: Record<string, unknown>): Drawn {
  const list = <T>(name: string) => (Array.isArray(body[name]) ? (body[name] as T[]) : []);
  const drawn = added(NOTHING, {
    entities: list<Entity>("entities"),
    relations: list<Relation>("relations"),
    patterns: list<Pattern>("patterns"),
    centres: list<string>("centres"),
  });
  const map = <T>(name: string) => new Map(Object.entries((body[name] ?? {}) as Record<string, T>));
  return { ...drawn, pinned: map<[number, number]>("pinned"), notes: map<string>("notes") };
}
