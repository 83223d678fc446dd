import { type ReactNode, useEffect, useId, useRef } from "react";
import { IconButton } from "./IconButton.tsx";

/**
 * A modal dialog: the browser's own, which keeps the focus within and closes on Escape. It is open as long as it is
 * rendered; then the focus goes back to where it came from.
 */
export function Dialog({
  title,
  onClose,
  wide = false,
  children,
}: {
  readonly title: string;
  /** Absent where it has to be answered. */
  readonly onClose?: () => void;
  readonly wide?: boolean;
  readonly children: ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const shown = dialog.current;
    const before = document.activeElement;
    const around = shown?.parentElement?.closest<HTMLElement>("[tabindex]");
    if (shown !== null && !shown.open) {
      shown.showModal();
      // Not "Close", which stands first.
      shown.querySelector<HTMLElement>("input, textarea, select")?.focus();
    }
    return () => {
      shown?.close();
      if (document.activeElement !== document.body) return;
      // What it came from may be seen only while the focus is near, as the actions of a message, or be gone itself.
      around?.focus({ preventScroll: true });
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
      // Whatever it lies within has keys of its own.
      onKeyDown={(event) => event.stopPropagation()}
      onClick={(event) => event.target === dialog.current && onClose?.()}
      className={`m-auto max-h-[min(44rem,calc(100dvh-2rem))] w-[calc(100%-1.5rem)] rounded-2xl border border-line bg-raised p-0 shadow-2xl ${wide ? "max-w-2xl" : "max-w-md"}`}
    >
      <div className="flex items-center gap-2 border-line border-b min-h-14 py-1.5 pr-2 pl-5">
        <h2 id={heading} className="line-clamp-2 min-w-0 flex-1 break-words font-semibold text-lg">
          {title}
        </h2>
        {onClose !== undefined && <IconButton icon="close" name="Close" onClick={onClose} />}
      </div>
      <div className="px-5 pt-4 pb-5">{children}</div>
    </dialog>
  );
}
