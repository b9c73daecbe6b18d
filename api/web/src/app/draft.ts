/** What was typed and not yet sent: kept by the browser for the person, until it is sent or withdrawn. */
import { useCallback, useState } from "react";
import { useMe } from "./me";

const MARK = "huoyan.draft";

function read<T>(key: string, empty: T): T {
  try {
    const kept = localStorage.getItem(key);
    return kept ? { ...empty, ...(JSON.parse(kept) as T) } : empty;
  } catch {
    return empty; // of another version, or the browser keeps nothing
  }
}

/** A form's values under a name that says of what they are: they survive another tab, a reload, a log-in. */
export function useDraft<T extends object>(
  name: string,
  empty: T,
): [T, (change: Partial<T>) => void, () => void] {
  const key = `${MARK}/${useMe().id}/${name}`;
  const [values, setValues] = useState<T>(() => read(key, empty));
  const change = useCallback(
    (part: Partial<T>) =>
      setValues((before) => {
        const after = { ...before, ...part };
        try {
          localStorage.setItem(key, JSON.stringify(after));
        } catch {
          // full or forbidden: the form works on, without a copy
        }
        return after;
      }),
    [key],
  );
  const drop = () => {
    localStorage.removeItem(key);
    setValues(empty);
  };
  return [values, change, drop];
}
