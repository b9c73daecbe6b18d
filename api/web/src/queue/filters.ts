/** Filters of the queue: in the address, so that they can be shared, and kept under names. */
import type { CaseFilter } from "../api/cases";

export const FILTER_KEYS = ["state", "band", "branch", "assignee", "q", "order"] as const;
const KEPT = "huoyan.filters";

export interface Named {
  name: string;
  filter: CaseFilter;
}

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

export function keptFilters(): Named[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEPT) ?? "[]");
    return Array.isArray(kept) ? (kept as Named[]) : [];
  } catch {
    return []; // what another version left behind is no filter
  }
}

export function keepFilter(name: string, filter: CaseFilter): Named[] {
  const all = [...keptFilters().filter((n) => n.name !== name), { name, filter }];
  localStorage.setItem(KEPT, JSON.stringify(all));
  return all;
}

export function dropFilter(name: string): Named[] {
  const all = keptFilters().filter((n) => n.name !== name);
  localStorage.setItem(KEPT, JSON.stringify(all));
  return all;
}
