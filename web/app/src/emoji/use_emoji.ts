import { useEffect, useState } from "react";
import { drawnWhole } from "./drawn_whole.ts";
import { type EmojiGroup, everyEmoji } from "./found.ts";

/** All emoji, less those that this device cannot draw. A font may come while they are shown. */
export function useEmoji(): readonly EmojiGroup[] {
  const [shown, setShown] = useState(everyEmoji);
  useEffect(() => {
    const measure = () => {
      const isWhole = drawnWhole();
      setShown(everyEmoji.map(([name, all]) => [name, all.filter(([emoji]) => isWhole(emoji))]));
    };
    // Until then it is measured with what is there: what is asked for by what is shown.
    void document.fonts.ready.then(measure);
    document.fonts.addEventListener("loadingdone", measure);
    return () => document.fonts.removeEventListener("loadingdone", measure);
  }, []);
  return shown;
}
