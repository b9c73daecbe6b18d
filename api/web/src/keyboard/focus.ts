/** Where the keyboard stands after something on the screen has come or gone. */

/** Focuses what `selector` finds once the screen has changed; unless `always`, only where the focus was lost. */
export function focusOn(selector: string, always = false): void {
  requestAnimationFrame(() => {
    if (always || isLost())
      document.querySelector<HTMLElement>(selector)?.focus({ preventScroll: true });
  });
}

/** Holds the focus from one screen to the next, while that is on its way. */
export const BETWEEN = "screen";

export const isLost = (): boolean =>
  !document.activeElement ||
  document.activeElement === document.body ||
  document.activeElement.id === BETWEEN;
