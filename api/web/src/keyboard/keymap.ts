/** Which binding a key press means: single keys and two-key sequences such as "g q". */
export interface Binding {
  keys: string;
  label: string;
  act: () => void;
}

export interface Press {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

/** Milliseconds within which the second key of a sequence must follow. */
export const SEQUENCE_MS = 1500;

export interface Outcome {
  binding: Binding | null;
  pending: string;
}

/** The binding that `press` completes after the pending first key, and what is pending next. Keys with Ctrl, Alt or Meta are the browser's. */
export function pressed(press: Press, pending: string, bindings: readonly Binding[]): Outcome {
  if (press.ctrlKey || press.metaKey || press.altKey) return { binding: null, pending: "" };
  const sequence = pending ? `${pending} ${press.key}` : press.key;
  const whole =
    bindings.findLast((b) => b.keys === sequence) ??
    (pending ? bindings.findLast((b) => b.keys === press.key) : undefined);
  if (whole) return { binding: whole, pending: "" };
  return {
    binding: null,
    pending: bindings.some((b) => b.keys.startsWith(`${press.key} `)) ? press.key : "",
  };
}

/** Keys typed into a field are text. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    isTextInput(target)
  );
}

function isTextInput(target: HTMLElement): boolean {
  return (
    target instanceof HTMLInputElement &&
    !["checkbox", "radio", "button", "file", "range"].includes(target.type)
  );
}
