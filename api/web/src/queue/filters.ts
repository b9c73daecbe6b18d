/** Filters of the queue: in the address, so that they can be shared; the last ones are kept for the next case. */
import type { CaseFilter } from "../api/cases";

export const FILTER_KEYS = ["view", "state", "band", "branch", "assignee", "q", "order"] as const;
const KEPT = "huoyan.queue";

export function filterOf(search: URLSearchParams): CaseFilter {
  return Object.fromEntries(
    FILTER_KEYS.flatMap((k) => (search.get(k) ? [[k, search.get(k)]] : [])),
  ) as CaseFilter;
}

export function searchOf(filter: CaseFilter): URLSearchParams {
  const search = new URLSearchParams();
  for (const key of FILTER_KEYS) if (filter[key]) search.set(key, filter[key]);
  return search;
}

/** Remembers what the queue shows in this tab. */
export const rememberQueue = (filter: CaseFilter): void =>
  sessionStorage.setItem(KEPT, searchOf(filter).toString());

/** What the queue showed last in this tab: the next case is of it. */
export const lastQueue = (): CaseFilter =>
  filterOf(new URLSearchParams(sessionStorage.getItem(KEPT) ?? ""));
