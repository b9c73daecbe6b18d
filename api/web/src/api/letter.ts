/** The letter to an applicant: what the report asks, and the file that is made of it. */
import { csrfToken, Problem, problemOf, taken, api, type Schemas } from "./client";
import type { Lang } from "./report";

export const askedOf = async (packet_id: string, lang: Lang) =>
  taken(
    await api.GET("/v1/packets/{packet_id}/request", {
      params: { path: { packet_id }, query: { lang } },
    }),
  );

/** Makes the letter and hands it to the browser as a download under the name that the service gives. */
export async function makeLetter(
  id: string,
  form: "docx" | "pdf",
  body: Schemas["NewLetter"],
): Promise<void> {
  const answer = await fetch(`/v1/packets/${encodeURIComponent(id)}/request.${form}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRF-Token": csrfToken() },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Problem(problemOf(await answer.json(), answer.status));
  const head = answer.headers.get("content-disposition") ?? "";
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = decodeURIComponent(head.split("''")[1] ?? `letter.${form}`);
  link.click();
  URL.revokeObjectURL(link.href);
}
