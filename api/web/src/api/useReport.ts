import { useQuery } from "@tanstack/react-query";
import { FINAL, getReport, type Packet } from "./packets";

/** A packet's report. What was reported never changes, so it is asked for once; while a revision is verified the report before it stays. */
export const useReport = (packet: Packet, revision?: number, reveal = "") =>
  useQuery({
    queryKey: [
      "report",
      packet.id,
      revision ?? packet.revision,
      FINAL.includes(packet.status),
      reveal,
    ],
    queryFn: () => getReport(packet.id, revision, reveal || undefined),
    enabled: packet.score !== null,
    staleTime: Infinity,
    placeholderData: (before) => before,
  });
