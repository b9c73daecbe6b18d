/** Judgements that could not be sent because the service did not answer: kept by the browser and sent when it answers again. */
import { useSyncExternalStore } from "react";
import { judge, type Verdict } from "../api/cases";
import { Problem } from "../api/client";
import { queries } from "./queries";

export interface Waiting {
  /** The same each time it is sent, so that it counts once. */
  key: string;
  packet: string;
  fingerprint: string;
  verdict: Verdict;
  reason: string;
}

const KEPT = "huoyan.outbox";
const AGAIN_MS = 10_000;
const listeners = new Set<() => void>();
let waiting: Waiting[] = read();
let sending = false;

function read(): Waiting[] {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? "[]") as Waiting[];
  } catch {
    return []; // what another version left behind
  }
}

function keep(next: Waiting[]): void {
  waiting = next;
  localStorage.setItem(KEPT, JSON.stringify(next));
  for (const told of listeners) told();
}

export const isOffline = (error: unknown): boolean =>
  error instanceof Problem && error.body.status === 0;

const isLoggedOut = (error: unknown): boolean =>
  error instanceof Problem && error.body.status === 401;

/** Sends a judgement, or keeps it where the service does not answer. Returns whether it was sent. Throws Problem when it is refused. */
export async function sendOrKeep(one: Omit<Waiting, "key">): Promise<boolean> {
  const item = { ...one, key: crypto.randomUUID() };
  try {
    await judge(item.packet, item.fingerprint, item.verdict, item.reason, item.key);
    return true;
  } catch (error) {
    if (!isOffline(error)) throw error;
    keep([...waiting, item]);
    return false;
  }
}

/** Sends what waits, in order; stops at the first that finds no answer. */
export async function flush(): Promise<void> {
  if (sending || !waiting.length) return;
  sending = true;
  try {
    while (waiting.length) {
      const [first, ...rest] = waiting;
      await judge(first.packet, first.fingerprint, first.verdict, first.reason, first.key);
      keep(rest);
    }
    await queries.invalidateQueries();
  } catch (error) {
    // Refused for good: the finding is no more, or the case is decided. What was said stays in its form as a draft.
    if (!isOffline(error) && !isLoggedOut(error)) keep(waiting.slice(1));
  } finally {
    sending = false;
  }
}

addEventListener("online", () => void flush());
setInterval(() => void flush(), AGAIN_MS);

const subscribe = (told: () => void) => {
  listeners.add(told);
  return () => void listeners.delete(told);
};

/** What waits to be sent. */
export const useOutbox = (): Waiting[] => useSyncExternalStore(subscribe, () => waiting);
