import { useCallback, useMemo, useState } from "react";
import { getPart, type Start } from "../api/graph";
import { added, ALL, daysOf, NOTHING, seen, type Drawn, type Filter } from "./drawn";
import { begun, done, redone, undone, type History } from "./history";

/** The explorer's state: what is drawn with its past, the filter, what is chosen. */
export function useExplorer() {
  const [history, setHistory] = useState<History<Drawn>>(() => begun(NOTHING));
  const [filter, setFilter] = useState<Filter>(ALL);
  const [chosen, setChosen] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);

  const act = useCallback(
    (change: (drawn: Drawn) => Drawn) => setHistory((h) => done(h, change(h.present))),
    [],
  );
  const undo = useCallback(() => setHistory(undone), []);
  const redo = useCallback(() => setHistory(redone), []);

  /** Runs what asks the service; what goes wrong is shown, not lost. */
  const asking = useCallback(async (work: () => Promise<void>) => {
    setBusy(true);
    setError(null);
    try {
      await work();
    } catch (wrong) {
      setError(wrong);
    } finally {
      setBusy(false);
    }
  }, []);

  const start = useCallback(
    (from: Start, hops: number) =>
      asking(async () => {
        const part = await getPart(from, hops);
        const found = added(NOTHING, part);
        act(() => found);
        setChosen(found.centres[0] ?? null);
      }),
    [asking, act],
  );
  const expand = useCallback(
    (entity: string) =>
      asking(async () => {
        const part = await getPart({ entity }, 1);
        act((drawn) => added(drawn, part));
      }),
    [asking, act],
  );

  const drawn = history.present;
  const shown = useMemo(() => seen(drawn, filter), [drawn, filter]);
  const days = useMemo(() => daysOf(drawn), [drawn]);
  return {
    history,
    drawn,
    shown,
    days,
    filter,
    setFilter,
    chosen,
    setChosen,
    act,
    undo,
    redo,
    asking,
    start,
    expand,
    error,
    busy,
  };
}

export type Explorer = ReturnType<typeof useExplorer>;
