import { api, taken, type Schemas } from "./client";
import type { Box } from "./report";

type Placed<T extends { places: unknown[] }> = Omit<T, "places"> & { places: Place[] };

export type Place = Omit<Schemas["PlaceOut"], "box"> & { box: Box };
export type Entity = Omit<Schemas["EntityOut"], "joins"> & { joins: Placed<Schemas["JoinOut"]>[] };
export type Relation = Placed<Schemas["RelationOut"]>;
export type Pattern = Schemas["PatternOut"];
export type Part = Omit<Schemas["GraphOut"], "entities" | "relations"> & {
  entities: Entity[];
  relations: Relation[];
};
export type Hit = Schemas["Hit"];
export type Stress = Omit<Schemas["StressOut"], "entities"> & { entities: Entity[] };
export type Cut = Omit<Schemas["CutOut"], "entities"> & { entities: Entity[] };
export type SnapshotHead = Schemas["SnapshotHead"];

export interface Start {
  packet?: string;
  entity?: string;
  q?: string;
}

// A box is four numbers; the OpenAPI document says only that it is a list of them.
export const getPart = async (start: Start, hops: number) =>
  taken(await api.GET("/v1/graph", { params: { query: { ...start, hops } } })) as unknown as Part;
export const searchEntities = async (q: string): Promise<Hit[]> =>
  taken(await api.GET("/v1/graph/search", { params: { query: { q, limit: 20 } } })).items;

export async function getPath(from: string, to: string) {
  const found: unknown = taken(
    await api.GET("/v1/graph/path", { params: { query: { from, to } } }),
  );
  return found as { steps: unknown[] | null; entities: Entity[]; relations: Relation[] };
}

export const getStress = async (entity: string) =>
  taken(await api.GET("/v1/graph/stress", { params: { query: { entity } } })) as unknown as Stress;
export const getCut = async () => taken(await api.GET("/v1/graph/cut")) as unknown as Cut;

export const listSnapshots = async (): Promise<SnapshotHead[]> =>
  taken(await api.GET("/v1/graph/snapshots", { params: { query: { limit: 200 } } })).items;
export const getSnapshot = async (snapshot_id: string) =>
  taken(await api.GET("/v1/graph/snapshots/{snapshot_id}", { params: { path: { snapshot_id } } }));
export const keepSnapshot = async (name: string, packet: string, body: Record<string, unknown>) =>
  taken(await api.POST("/v1/graph/snapshots", { body: { name, packet, body } }));

export async function dropSnapshot(snapshot_id: string): Promise<void> {
  taken(
    await api.DELETE("/v1/graph/snapshots/{snapshot_id}", { params: { path: { snapshot_id } } }),
  );
}

export type Table = Schemas["ImportOut"];
export const listImports = async (): Promise<Table[]> =>
  taken(await api.GET("/v1/graph/imports", { params: { query: { limit: 200 } } })).items;

/** Sends a table; a browser writes the bounds of a form's parts itself, so no content type is given. */
export async function addImport(file: File): Promise<Table> {
  const form = new FormData();
  form.append("files", file, file.name);
  return taken(
    await api.POST("/v1/graph/imports", {
      body: { files: [file.name] },
      bodySerializer: () => form,
    }),
  );
}

export async function dropImport(import_id: string): Promise<void> {
  taken(await api.DELETE("/v1/graph/imports/{import_id}", { params: { path: { import_id } } }));
}

export const exportUrl = (format: string, entity: string, hops: number) =>
  `/v1/graph/export?${new URLSearchParams({ format, entity, hops: String(hops) })}`;
