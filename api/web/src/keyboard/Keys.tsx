import {
  createContext,
  lazy,
  Suspense,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  type ReactNode,
} from "react";
import { isTyping, pressed, SEQUENCE_MS, type Binding } from "./keymap";

interface Keys {
  add: (bindings: Binding[]) => () => void;
  show: () => void;
}

const KeysDialog = lazy(async () => ({ default: (await import("./KeysDialog")).KeysDialog }));
const KeysContext = createContext<Keys>({ add: () => () => undefined, show: () => undefined });
const KEPT = "huoyan.keys";

/** Listens for keys; `?` shows those of the screen. They can be turned off for those who speak to their computer (WCAG 2.1.4). */
export function KeysProvider({ children }: { children: ReactNode }) {
  const groups = useRef<Binding[][]>([]);
  const pending = useRef({ keys: "", at: 0 });
  const [open, setOpen] = useState(false);
  const [on, setOn] = useState(localStorage.getItem(KEPT) !== "off");

  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isTyping(event.target) || !on) return;
      const inDialog = event.target instanceof HTMLElement && event.target.closest("[role=dialog]");
      if (inDialog) return;
      const first = event.timeStamp - pending.current.at < SEQUENCE_MS ? pending.current.keys : ""; // when it was pressed: a busy page hears of it later
      const { binding, pending: next } = pressed(event, first, [...groups.current.flat(), help]);
      pending.current = { keys: next, at: event.timeStamp };
      if (!binding) return;
      event.preventDefault();
      binding.act();
    };
    const help: Binding = { keys: "?", label: "", act: () => setOpen(true) };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, [on]);

  const keys = useMemo<Keys>(
    () => ({
      add: (bindings) => {
        groups.current = [...groups.current, bindings];
        return () => {
          groups.current = groups.current.filter((g) => g !== bindings);
        };
      },
      show: () => setOpen(true),
    }),
    [],
  );
  const turn = (value: boolean) => {
    setOn(value);
    localStorage.setItem(KEPT, value ? "on" : "off");
  };
  return (
    <KeysContext value={keys}>
      {children}
      {open && (
        <Suspense>
          <KeysDialog
            bindings={groups.current.flat()}
            on={on}
            turn={turn}
            close={() => setOpen(false)}
          />
        </Suspense>
      )}
    </KeysContext>
  );
}

/** Keys of a screen while it is shown. */
export function useKeys(bindings: Binding[]): void {
  const { add } = useContext(KeysContext);
  const latest = useRef(bindings);
  latest.current = bindings;
  const names = bindings.map((b) => `${b.keys}\t${b.label}`).join("\n");
  useEffect(() => {
    const bound = latest.current.map((b) => ({
      ...b,
      act: () => latest.current.find((l) => l.keys === b.keys)?.act(),
    }));
    return add(bound);
  }, [add, names]);
}

export function useShowKeys(): () => void {
  return useContext(KeysContext).show;
}
