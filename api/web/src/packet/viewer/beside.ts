import type { Report } from "../../api/report";
import type { Place } from "../shown";

/** The paper to lay beside another at first: the other one of the finding in hand, else one of another file. */
export function besideOf(
  { documents, findings }: Report,
  finding: string | null,
  place: Place,
): Place {
  const hand = findings.find((f) => f.fingerprint === finding);
  const other = [...(hand?.evidence ?? []), ...(hand?.against ?? [])].find(
    (e) => e.document !== place.document && documents.some((d) => d.id === e.document),
  );
  if (other) return { document: other.document, page: other.page, box: other.box };
  const file = documents.find((d) => d.id === place.document)?.sha256;
  const next = documents.find((d) => d.sha256 !== file) ?? documents[0];
  return { document: next.id, page: next.pages[0] };
}
