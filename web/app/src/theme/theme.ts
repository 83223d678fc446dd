import { kept } from "../device/kept.ts";

export type Theme = "system" | "light" | "dark";

/** What this device is to look like. public/theme.js reads it, too, before anything is shown. */
export const theme = kept<Theme>("theme", "system");

/** Has the page follow it. */
export function followTheme(): void {
  const show = () => {
    const chosen = theme.get();
    if (chosen === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = chosen;
  };
  show();
  theme.subscribe(show);
}
