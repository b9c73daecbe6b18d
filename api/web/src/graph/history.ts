/** A past and a future of states. */
export interface History<T> {
  past: T[];
  present: T;
  future: T[];
}

const KEPT = 100;

export function begun<T>(present: T): History<T> {
  return { past: [], present, future: [] };
}

/** A new state; what had been undone is gone. The same state again is no step. */
export function done<T>(history: History<T>, next: T): History<T> {
  if (next === history.present) return history;
  return { past: [...history.past, history.present].slice(-KEPT), present: next, future: [] };
}

export function undone<T>({ past, present, future }: History<T>): History<T> {
  const before = past.at(-1);
  return before === undefined
    ? { past, present, future }
    : { past: past.slice(0, -1), present: before, future: [present, ...future] };
}

export function redone<T>({ past, present, future }: History<T>): History<T> {
  const [next, ...rest] = future;
  return next === undefined
    ? { past, present, future }
    : { past: [...past, present], present: next, future: rest };
}
