import type { FocusEvent, KeyboardEvent, RefObject } from "react";

/** Arrows, Home and End go through the messages; Escape goes back to writing. */
export function useFeedKeys({
  show,
  scroller,
  count,
  setCurrent,
}: {
  readonly show: (position: number, align: "auto") => void;
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly count: number;
  readonly setCurrent: (position: number | undefined) => void;
}) {
  const positionOf = (target: EventTarget) => {
    const position = (target as HTMLElement).closest<HTMLElement>("[data-position]")?.dataset.position;
    return position === undefined ? undefined : Number(position);
  };
  const focus = (position: number) => {
    const to = Math.min(count - 1, Math.max(0, position));
    setCurrent(to);
    show(to, "auto");
    const article = () => scroller.current?.querySelector<HTMLElement>(`[data-position="${to}"]`);
    // It may have to be laid out first.
    const rendered = article();
    if (rendered) rendered.focus({ preventScroll: true });
    else requestAnimationFrame(() => requestAnimationFrame(() => article()?.focus({ preventScroll: true })));
  };
  return {
    focus,
    pressed(event: KeyboardEvent<HTMLElement>) {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      const target = event.target as HTMLElement;
      if (event.key === "Escape") {
        document.querySelector<HTMLElement>("[data-composer]")?.focus();
        return event.preventDefault();
      }
      const position = positionOf(target);
      if (position === undefined || !target.matches("article")) return;
      const to = { ArrowUp: position - 1, ArrowDown: position + 1, Home: 0, End: count - 1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      if (to >= count) document.querySelector<HTMLElement>("[data-composer]")?.focus();
      else focus(to);
    },
    focused: (event: FocusEvent) => setCurrent(positionOf(event.target)),
    blurred(event: FocusEvent<HTMLElement>) {
      if (!event.currentTarget.contains(event.relatedTarget)) setCurrent(undefined);
    },
  };
}
