import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useId, useMemo, useRef, useState } from "react";
import { kept } from "../device/kept.ts";
import { linesOf } from "./found.ts";
import { useEmoji } from "./use_emoji.ts";
import { useEmojiFont } from "./use_emoji_font.ts";

const width = 8;
const none: readonly string[] = [];
const recent = kept<readonly string[]>("emoji", none);

/** All emoji, to search by words and to go through by arrows; the focus stays in the field. */
export function EmojiPicker({ onChosen }: { readonly onChosen: (emoji: string) => void }) {
  const id = useId();
  const [sought, setSought] = useState("");
  const [at, setAt] = useState(0);
  const scroller = useRef<HTMLDivElement>(null);
  const groups = useEmoji();
  useEmojiFont("\u{1F600}");
  const { lines, all } = useMemo(() => linesOf(groups, sought, width, recent.get()), [groups, sought]);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => ("title" in (lines[index] ?? {}) ? 30 : 44),
    overscan: 4,
    useFlushSync: false,
  });
  const lineOf = (place: number) =>
    lines.findIndex((line) => "emoji" in line && place >= line.from && place < line.from + line.emoji.length);
  const move = (to: number) => {
    const place = Math.min(all.length - 1, Math.max(0, to));
    setAt(place);
    virtual.scrollToIndex(lineOf(place), { align: "auto" });
  };
  const vertically = (step: number) => {
    const line = lines[lineOf(at)];
    if (line === undefined || !("emoji" in line)) return;
    const column = at - line.from;
    for (let index = lineOf(at) + step; index >= 0 && index < lines.length; index += step) {
      const next = lines[index];
      if (next !== undefined && "emoji" in next) return move(next.from + Math.min(column, next.emoji.length - 1));
    }
  };
  const take = (emoji: string | undefined) => {
    if (emoji === undefined) return;
    recent.set([emoji, ...recent.get().filter((one) => one !== emoji)].slice(0, width * 2));
    onChosen(emoji);
  };
  const pressed = (event: KeyboardEvent) => {
    const does = {
      ArrowRight: () => move(at + 1),
      ArrowLeft: () => move(at - 1),
      ArrowDown: () => vertically(1),
      ArrowUp: () => vertically(-1),
      Enter: () => take(all[at]?.[0]),
    }[event.key];
    if (does === undefined) return;
    event.preventDefault();
    does();
  };
  return (
    <div className="grid gap-2">
      <input
        role="combobox"
        aria-label="Search emoji"
        aria-expanded="true"
        aria-controls={`${id}-all`}
        aria-autocomplete="list"
        aria-activedescendant={all.length > 0 ? `${id}-${at}` : undefined}
        placeholder="Search"
        autoComplete="off"
        value={sought}
        onChange={(event) => {
          setSought(event.target.value);
          setAt(0);
          scroller.current?.scrollTo(0, 0);
        }}
        onKeyDown={pressed}
        className="min-h-11 rounded-lg border border-edge bg-ground px-3"
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: whoever scrolls by keyboard has to reach it. */}
      <div ref={scroller} tabIndex={0} className="h-80 overflow-y-auto px-0.5">
        {all.length === 0 && <p className="p-4 text-center text-faint">No emoji is called so.</p>}
        <div
          id={`${id}-all`}
          role="listbox"
          aria-label="Emoji"
          className="relative"
          style={{ height: virtual.getTotalSize() }}
        >
          {virtual.getVirtualItems().map(({ index, start }) => {
            const line = lines[index];
            if (line === undefined) return null;
            return (
              <div
                key={index}
                role="presentation"
                className="absolute top-0 left-0 grid w-full grid-cols-8"
                style={{ transform: `translateY(${start}px)` }}
              >
                {"title" in line ? (
                  <span
                    className="col-span-8 pt-1.5 pl-1 font-semibold text-faint text-xs capitalize"
                    aria-hidden="true"
                  >
                    {line.title}
                  </span>
                ) : (
                  line.emoji.map(([emoji, words], place) => (
                    <div
                      key={emoji}
                      id={`${id}-${line.from + place}`}
                      role="option"
                      tabIndex={-1}
                      aria-selected={line.from + place === at}
                      aria-label={words.split(",")[0]}
                      title={words.split(",")[0]}
                      onPointerEnter={() => setAt(line.from + place)}
                      onClick={() => take(emoji)}
                      onKeyDown={pressed}
                      className="grid h-11 cursor-pointer place-items-center rounded-lg font-emoji text-2xl aria-selected:bg-tint aria-selected:outline-2 aria-selected:outline-focus"
                    >
                      {emoji}
                    </div>
                  ))
                )}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
