import { useEffect, useRef } from "react";
import type { PanelName } from "../layout/Frame.tsx";

interface Shortcuts {
  readonly help: () => void;
  readonly create: () => void;
  readonly channels: () => void;
  readonly panel: (name: PanelName) => void;
}

/** The keys that do something anywhere. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const does = meant(event, latest.current);
      if (does === undefined || document.querySelector("dialog[open]") !== null) return;
      event.preventDefault();
      does();
    };
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }, []);
}

function meant(event: KeyboardEvent, { help, create, channels, panel }: Shortcuts): (() => void) | undefined {
  if (event.defaultPrevented || event.isComposing) return undefined;
  const control = event.ctrlKey || event.metaKey;
  if (control && !event.altKey && event.key.toLowerCase() === "k") return channels;
  if (event.altKey && !control) {
    // By its place: with Alt held, some keyboards make another letter of it.
    if (event.code === "KeyN") return create;
    if (event.code === "KeyM") return () => panel("members");
    if (event.code === "KeyH") return () => panel("history");
  }
  if (event.key === "?" && !control && !isTyping(event.target)) return help;
  return undefined;
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]");
