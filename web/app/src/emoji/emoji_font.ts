/** Text that was shown before the emoji's font was there is drawn with it once it is. */
export function followEmojiFont(): void {
  document.fonts.addEventListener("loadingdone", () => document.documentElement.classList.add("emoji-font-here"));
}
