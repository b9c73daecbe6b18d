/** The papers of each pane, and what differs between them. */
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { getPageChanges, getReport } from "../../api/packets";
import type { Box, PaperDocument, Report } from "../../api/report";
import { differencesOf, type Difference } from "../compare";
import { useView, type Place } from "../shown";

/** The papers among which a place is: those of the report on the screen, or those of an earlier one. Undefined while that is asked for. */
export function usePapers({ version }: Place): PaperDocument[] | undefined {
  const { packet, revealed, report } = useView();
  const number = version?.kind === "report" ? version.number : undefined;
  const earlier = useQuery<Report>({
    queryKey: ["report", packet.id, number, true, revealed],
    queryFn: () => getReport(packet.id, number, revealed || undefined),
    enabled: number !== undefined,
    staleTime: Infinity,
  });
  return number === undefined ? report.documents : earlier.data?.documents;
}

export interface Compared {
  items: Difference[];
  /** Why there is no more to say than that, where that is so. */
  note: "asking" | "pictures" | "failed" | "more" | "other_kinds" | null;
}

export function useDifferences(
  [left, right]: Place[],
  papers: PaperDocument[],
  others: PaperDocument[] | undefined,
): Compared {
  const saved = useSaved(left, right);
  const [one, other] = [
    papers.find((d) => d.id === left.document),
    others?.find((d) => d.id === right?.document),
  ];
  const read = useMemo(() => (one && other ? differencesOf(one, other) : []), [one, other]);
  if (right?.version?.kind === "file") return saved;
  if (right && !others) return { items: [], note: "asking" };
  return { items: read, note: one && other && one.type !== other.type ? "other_kinds" : null };
}

/** Of a page and what it showed in an earlier save of its file. */
function useSaved(left: Place, right: Place | undefined): Compared {
  const { id } = useView();
  const version = right?.version?.kind === "file" ? right.version.number : 0;
  const on = version > 0 && left.document === right?.document && left.page === right.page;
  const found = useQuery({
    queryKey: ["page-changes", id, left.document, left.page, version],
    queryFn: () => getPageChanges(id, left.document, left.page, version),
    enabled: on,
    staleTime: Infinity,
  });
  return useMemo((): Compared => {
    if (!on) return { items: [], note: null };
    if (!found.data) return { items: [], note: found.error ? "failed" : "asking" };
    const at = (box: Box | null) => box && { page: left.page, box };
    const items = found.data.items.map((c, n): Difference => ({
      key: String(n),
      words: [],
      left: c.after,
      right: c.before,
      at: [at(c.after_box), at(c.before_box)],
    }));
    return { items, note: found.data.readable ? (found.data.more ? "more" : null) : "pictures" };
  }, [on, found.data, found.error, left.page]);
}
