import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { IconName } from "./Icon.tsx";
import { IconButton } from "./IconButton.tsx";

export interface MenuChoice {
  readonly name: string;
  readonly does: () => void;
  readonly grave?: boolean;
}

/** A button that opens a list of choices: arrows go through them, Escape closes. The choices are asked for when it opens. */
export function Menu({
  icon,
  name,
  choices,
  className = "",
}: {
  readonly icon: IconName;
  readonly name: string;
  readonly choices: () => readonly MenuChoice[];
  readonly className?: string;
}): ReactNode {
  const id = useId();
  const button = useRef<HTMLSpanElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState<readonly MenuChoice[]>();
  const show = () => {
    const shown = menu.current;
    const by = button.current?.getBoundingClientRect();
    if (shown === null || by === undefined) return;
    const rows = choices();
    // At once: the first of them takes the focus.
    flushSync(() => setOpen(rows));
    shown.style.right = `${Math.max(8, innerWidth - by.right)}px`;
    const below = by.bottom + rows.length * 44 + 24 < innerHeight;
    shown.style.top = below ? `${by.bottom + 4}px` : "auto";
    shown.style.bottom = below ? "auto" : `${innerHeight - by.top + 4}px`;
    shown.showPopover();
    shown.querySelector<HTMLElement>("[role=menuitem]")?.focus();
  };
  const close = () => {
    // In this order: a toolbar may be there only as long as the focus is within.
    button.current?.querySelector("button")?.focus();
    menu.current?.hidePopover();
  };
  const moved = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      event.stopPropagation();
      return close();
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const items = [...event.currentTarget.querySelectorAll<HTMLElement>("[role=menuitem]")];
    const at = items.indexOf(document.activeElement as HTMLElement);
    items[(at + step + items.length) % items.length]?.focus();
  };
  return (
    <>
      <span ref={button}>
        <IconButton
          icon={icon}
          name={name}
          small
          aria-haspopup="menu"
          aria-expanded={open !== undefined}
          className={className}
          onClick={show}
        />
      </span>
      <div
        ref={menu}
        id={id}
        role="menu"
        tabIndex={-1}
        aria-label={name}
        popover="auto"
        onKeyDown={moved}
        onToggle={(event) => {
          if ((event.nativeEvent as ToggleEvent).newState === "closed") setOpen(undefined);
        }}
        className="menu"
      >
        {open?.map(({ name, does, grave }) => (
          <button
            key={name}
            type="button"
            role="menuitem"
            tabIndex={-1}
            className={`flex min-h-11 w-full items-center rounded-lg px-3 text-left hover:bg-hover ${grave ? "text-no" : ""}`}
            onClick={() => {
              close();
              does();
            }}
          >
            {name}
          </button>
        ))}
      </div>
    </>
  );
}
