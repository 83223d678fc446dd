import { type ReactNode, useEffect, useId, useRef } from "react";
import { IconButton } from "./IconButton.tsx";

/** Something beside the messages, or in their place where there is no room beside. */
export function Panel({
  title,
  wide = false,
  onClose,
  children,
}: {
  readonly title: string;
  readonly wide?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const heading = useId();
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    panel.current?.focus();
    // Whoever closes it goes on where they were.
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  return (
    <aside
      ref={panel}
      tabIndex={-1}
      aria-labelledby={heading}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.defaultPrevented) return;
        event.preventDefault();
        onClose();
      }}
      className={`flex min-h-0 w-full shrink-0 flex-col border-line bg-raised outline-none max-lg:absolute max-lg:inset-0 max-lg:z-20 lg:border-l ${wide ? "lg:w-[26rem]" : "lg:w-72"}`}
    >
      <div className="flex items-center gap-2 py-2 pr-2 pl-4">
        <h2 id={heading} className="flex-1 font-semibold text-lg">
          {title}
        </h2>
        <IconButton icon="close" name={`Close ${title.toLowerCase()}`} onClick={onClose} />
      </div>
      {children}
    </aside>
  );
}
