import type { Box } from "./report";
import { get, post, request } from "./request";

export interface Place {
  packet: string;
  packet_id: string | null;
  file: string;
  document: string;
  page: number;
  box: Box;
  text: string;
}

export interface Entity {
  id: string;
  kind: string;
  name: string;
  names: string[];
  code: string;
  joins: { one: string; other: string; by: string; what: string; places: Place[] }[];
  net_assets: { value: string; day: string | null; place: Place } | null;
}

export interface Relation {
  id: string;
  kind: string;
  source: string;
  target: string;
  amount: string | null;
  share: string | null;
  start: string | null;
  end: string | null;
  contract: string;
  contact: string | null;
  mode: string;
  places: Place[];
  places_left_out: number;
}

export interface Pattern {
  id: string;
  kind: string;
  bears_on: string;
  members: string[];
  relations: string[];
  relations_left_out: number;
  figures: Record<string, string>;
}

export interface Part {
  version: string;
  centres: string[];
  entities: Entity[];
  relations: Relation[];
  patterns: Pattern[];
  left_out: { entities: number; relations: number; patterns: number };
}

export interface Hit {
  id: string;
  kind: string;
  name: string;
  code: string;
  spelling: string;
  relations: number;
  packets: string[];
}

export interface Start {
  packet?: string;
  entity?: string;
  q?: string;
}

export interface Stress {
  rounds: string[][];
  calls: { entity: string; called: string; capacity: string; known: boolean }[];
  entities: Entity[];
}

export interface Cut {
  release: { guarantor: string; debtor: string; amount: string }[];
  weight: string;
  lower_bound: string;
  optimal: boolean;
  circles: number;
  circles_left_out: number;
  entities: Entity[];
}

export interface SnapshotHead {
  id: string;
  name: string;
  packet: string;
  sha256: string;
  size: number;
  made_by: string;
  made_at: string;
}

export const getPart = (start: Start, hops: number) => get<Part>("/graph", { ...start, hops });
export const searchEntities = async (q: string) => (await get<{ items: Hit[] }>("/graph/search", { q, limit: 20 })).items;
export const getPath = (from: string, to: string) => get<{ steps: unknown[] | null; entities: Entity[]; relations: Relation[] }>("/graph/path", { from, to });
export const getStress = (entity: string) => get<Stress>("/graph/stress", { entity });
export const getCut = () => get<Cut>("/graph/cut");
export const listSnapshots = async () => (await get<{ items: SnapshotHead[] }>("/graph/snapshots")).items;
export const getSnapshot = (id: string) => get<SnapshotHead & { body: Record<string, unknown> }>(`/graph/snapshots/${encodeURIComponent(id)}`);
export const keepSnapshot = (name: string, packet: string, body: object) => post<SnapshotHead>("/graph/snapshots", { name, packet, body });
export const dropSnapshot = (id: string) => request("DELETE", `/graph/snapshots/${encodeURIComponent(id)}`);
export const exportUrl = (format: string, entity: string, hops: number) => `/v1/graph/export?format=${format}&entity=${encodeURIComponent(entity)}&hops=${hops}`;
