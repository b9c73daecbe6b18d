import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { judgementsOf, type Judgement } from "../api/cases";

/** The judgements of a packet that count, by fingerprint of the finding. */
export function useJudgements(id: string): Map<string, Judgement> {
  const asked = useQuery({ queryKey: ["judgements", id], queryFn: () => judgementsOf(id) });
  return useMemo(
    () => new Map((asked.data ?? []).filter((j) => j.counts).map((j) => [j.fingerprint, j])),
    [asked.data],
  );
}
