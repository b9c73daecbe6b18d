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

/** Scrolls a box until a part of it is seen; the page around the box stays where it is. */
export function showWithin(box: HTMLElement | null, part: Element | null | undefined): void {
  if (!box || !part) return;
  const [room, own] = [box.getBoundingClientRect(), part.getBoundingClientRect()];
  const down = Math.min(0, own.top - room.top) + Math.max(0, own.bottom - room.bottom);
  const across = Math.min(0, own.left - room.left) + Math.max(0, own.right - room.right);
  box.scrollBy({ top: down, left: across, behavior: "instant" });
}
