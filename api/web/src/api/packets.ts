import { api, csrfToken, Problem, problemOf, taken, type Schemas } from "./client";
import type { Box, Contribution, Lang, Report } from "./report";

export type Packet = Schemas["PacketOut"];
export type Step = Schemas["Step"];
export type ReportHead = Schemas["ReportHead"];
export type Correction = Schemas["CorrectionOut"];
export type Difference = Schemas["ReportDifference"];
export type PageChange = Omit<Schemas["PageChange"], "before_box" | "after_box"> & {
  before_box: Box | null;
  after_box: Box | null;
};
export const FINAL = ["done", "quarantined", "cancelled"];

const at = (packet_id: string) => ({ params: { path: { packet_id } } });

export const getPacket = async (id: string): Promise<Packet> =>
  taken(await api.GET("/v1/packets/{packet_id}", at(id)));

export const listPackets = async (status?: Schemas["PacketOut"]["status"], cursor?: string) =>
  taken(
    await api.GET("/v1/packets", {
      params: { query: { status: status as never, cursor, limit: 50 } },
    }),
  );

export const createPacket = async (body: Schemas["NewPacket"]): Promise<Packet> =>
  taken(await api.POST("/v1/packets", { body }));

export async function submitPacket(id: string, asOf: string | null): Promise<void> {
  taken(await api.POST("/v1/packets/{packet_id}/submit", { ...at(id), body: { as_of: asOf } }));
}

export async function cancelPacket(id: string): Promise<void> {
  taken(await api.POST("/v1/packets/{packet_id}/cancel", at(id)));
}

export async function getReport(id: string, revision?: number, reveal?: string): Promise<Report> {
  const query = { revision, reveal };
  return taken(
    await api.GET("/v1/packets/{packet_id}/report", { params: { path: { packet_id: id }, query } }),
  ) as unknown as Report;
}

export const listReports = async (id: string): Promise<ReportHead[]> =>
  taken(await api.GET("/v1/packets/{packet_id}/reports", at(id))).items;

export const getCorrections = async (id: string): Promise<Correction[]> =>
  taken(await api.GET("/v1/packets/{packet_id}/corrections", at(id))).items;

export async function correctField(id: string, body: Schemas["NewCorrection"]): Promise<void> {
  taken(await api.POST("/v1/packets/{packet_id}/corrections", { ...at(id), body }));
}

export async function getDifference(
  id: string,
  before: number,
  after: number,
): Promise<Difference> {
  return taken(
    await api.GET("/v1/packets/{packet_id}/report/diff", {
      params: { path: { packet_id: id }, query: { before, after } },
    }),
  ) as unknown as Difference;
}

export interface Without {
  score: number;
  band: string;
  contributions: Contribution[];
}

export async function scoreWithout(id: string, fingerprints: string[]): Promise<Without> {
  return taken(
    await api.POST("/v1/packets/{packet_id}/report/without", { ...at(id), body: { fingerprints } }),
  ) as unknown as Without;
}

const place = (id: string, document: string) =>
  `/v1/packets/${encodeURIComponent(id)}/documents/${encodeURIComponent(document)}`;
/** Of which report and of which save of the file a page is; the latest of both where nothing is said. */
export interface State {
  revision?: number;
  file_revision?: number;
  /** Why numbers of persons are shown uncovered; empty: they are covered. */
  reveal?: string;
}
const stateIn = ({ revision, file_revision, reveal }: State) =>
  [
    revision ? `&revision=${revision}` : "",
    file_revision ? `&file_revision=${file_revision}` : "",
    reveal ? `&reveal=${encodeURIComponent(reveal)}` : "",
  ].join("");
export const pageUrl = (
  id: string,
  document: string,
  page: number,
  width: number,
  state: State = {},
) => `${place(id, document)}/pages/${page}.png?width=${width}${stateIn(state)}`;
export const getFileRevisions = async (packet_id: string, document_id: string) =>
  taken(
    await api.GET("/v1/packets/{packet_id}/documents/{document_id}/file-revisions", {
      params: { path: { packet_id, document_id } },
    }),
  ).items;
export async function getPageChanges(
  packet_id: string,
  document_id: string,
  number: number,
  file_revision: number,
) {
  const params = { path: { packet_id, document_id, number }, query: { file_revision } };
  const found: unknown = taken(
    await api.GET("/v1/packets/{packet_id}/documents/{document_id}/pages/{number}/changes", {
      params,
    }),
  );
  return found as { readable: boolean; more: boolean; items: PageChange[] };
}
export const fileUrl = (id: string, file: string) =>
  `/v1/packets/${encodeURIComponent(id)}/files/${encodeURIComponent(file)}`;
export const cropUrl = (id: string, document: string, page: number, box: Box, state: State = {}) =>
  `${place(id, document)}/crop.png?page=${page}&box=${box.map((v) => v.toFixed(4)).join(",")}${stateIn(state)}`;
export const heatUrl = (id: string, document: string, page: number, kind: string, state: State) =>
  `${place(id, document)}/heat/${kind}.png?page=${page}${stateIn(state)}`;
export const formUrl = (id: string, form: "html" | "pdf" | "xlsx", lang: Lang, revision?: number) =>
  `/v1/packets/${encodeURIComponent(id)}/report.${form}?lang=${lang}${revision ? `&revision=${revision}` : ""}`;

/** Sends one file and tells how far it has come (0 to 1); fetch cannot tell that. */
export function uploadFile(
  id: string,
  file: File,
  password: string,
  told: (share: number) => void,
): Promise<Schemas["FileOut"][]> {
  return new Promise((done, failed) => {
    const form = new FormData();
    form.append("files", file, file.name);
    if (password) form.append("password", password);
    const request = new XMLHttpRequest();
    request.open("POST", `/v1/packets/${encodeURIComponent(id)}/files`);
    request.setRequestHeader("X-CSRF-Token", csrfToken());
    request.responseType = "json";
    request.upload.onprogress = (event) =>
      event.lengthComputable && told(event.loaded / event.total);
    request.onload = () =>
      request.status < 300
        ? done(request.response)
        : failed(new Problem(problemOf(request.response, request.status)));
    request.onerror = () => failed(new Problem(problemOf(null, 0)));
    request.send(form);
  });
}

/** Follows a packet's steps as they happen. Returns the act that stops it. */
export function followSteps(id: string, told: (step: Step) => void, ended: () => void): () => void {
  const stream = new EventSource(`/v1/packets/${encodeURIComponent(id)}/events`);
  for (const kind of [
    "queued",
    "started",
    "unpacked",
    "file",
    "done",
    "quarantined",
    "cancelled",
  ]) {
    stream.addEventListener(kind, (event) =>
      told(JSON.parse((event as MessageEvent<string>).data) as Step),
    );
  }
  stream.addEventListener("end", () => {
    stream.close();
    ended();
  });
  return () => stream.close();
}
