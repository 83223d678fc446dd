import { type ReactNode, useEffect, useRef } from "react";
import { IconButton } from "./IconButton.tsx";
import { useNarrow } from "./use_narrow.ts";

/** The channels: beside the rest where there is room, and a drawer before it where there is none. */
export function Drawer({
  open,
  onClose,
  children,
}: {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const narrow = useNarrow();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (narrow && open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [narrow, open]);
  if (!narrow) {
    return (
      <nav aria-label="Channels" className="w-64 shrink-0 border-line border-r bg-sunken lg:w-72">
        {children}
      </nav>
    );
  }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it by keyboard; this is the click beside it.
    <dialog
      ref={dialog}
      aria-label="Channels"
      className="drawer m-0 h-dvh max-h-none w-[min(20rem,calc(100vw-3.5rem))] max-w-none border-0 border-line border-r bg-sunken p-0"
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      <nav aria-label="Channels" className="flex h-full flex-col">
        <div className="min-h-0 flex-1">{open && children}</div>
        <div className="border-line border-t p-1">
          <IconButton icon="close" name="Close channels" onClick={onClose} />
        </div>
      </nav>
    </dialog>
  );
}
