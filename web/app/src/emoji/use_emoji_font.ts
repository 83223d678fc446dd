import { useEffect } from "react";

const shownInColour = /\p{Emoji_Presentation}|\uFE0F/u;
const ownFamilies = '"Apple Color Emoji", "Segoe UI Emoji", "Noto Color Emoji", sans-serif';
let isAskedFor = false;

/**
 * Draws the emoji of a text with the app's own font where the device has none. The style sheet alone would ask for it, too; but Chromium
 * keeps the boxes of text that was shown before, and after a reload it may not even ask.
 */
export function useEmojiFont(text: string): void {
  useEffect(() => {
    if (isAskedFor || !shownInColour.test(text)) return;
    isAskedFor = true;
    if (hasOwnEmoji()) return;
    const here = () => document.documentElement.classList.add("emoji-font-here");
    for (const font of document.fonts) void font.load().then(here, () => {});
  }, [text]);
}

/** Is a face drawn in colours? */
function hasOwnEmoji(): boolean {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 16;
  const context = canvas.getContext("2d");
  if (context === null) return true;
  context.font = `14px ${ownFamilies}`;
  context.textBaseline = "top";
  context.fillText("\u{1F600}", 0, 0);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  for (let at = 0; at < data.length; at += 4) if (data[at] !== data[at + 1] || data[at] !== data[at + 2]) return true;
  return false;
}
