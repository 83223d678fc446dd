import type { Virtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect, useRef } from "react";

/** Whoever is at the end stays there when there is less room: the field below has grown, a keyboard has come. */
export function useStayAtEnd(
  virtual: Virtualizer<HTMLDivElement, Element>,
  scroller: RefObject<HTMLDivElement | null>,
  atEnd: boolean,
): void {
  const was = useRef(atEnd);
  useEffect(() => {
    was.current = atEnd;
  });
  useEffect(() => {
    if (scroller.current === null) return;
    let height = scroller.current.clientHeight;
    const observer = new ResizeObserver(([entry]) => {
      const next = entry?.contentRect.height ?? height;
      if (next < height && was.current) virtual.scrollToEnd();
      height = next;
    });
    observer.observe(scroller.current);
    return () => observer.disconnect();
  }, [virtual, scroller]);
}
