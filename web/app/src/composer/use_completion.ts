import { type KeyboardEvent, useMemo, useState } from "react";
import { candidates, type Mentionable, mentionAt } from "./completing.ts";

const most = 6;

/** Completes the name of somebody who is being mentioned: arrows choose, Enter and Tab take, Escape leaves it. */
export function useCompletion({
  text,
  cursor,
  people,
  onTake,
}: {
  readonly text: string;
  readonly cursor: number;
  readonly people: readonly Mentionable[];
  readonly onTake: (text: string, cursor: number) => void;
}) {
  const [left, setLeft] = useState<number>();
  const [chosen, setChosen] = useState(0);
  const mention = mentionAt(text, cursor);
  const from = mention?.from;
  const words = mention?.words;
  const found = useMemo(
    () => (words === undefined || from === left ? [] : candidates(people, words, most)),
    [people, words, from, left],
  );
  // A name that is there already, whole, is no question any more.
  const only = found.length === 1 && found[0]?.name === words;
  const shown = only ? [] : found;
  const at = Math.min(chosen, Math.max(0, shown.length - 1));
  const take = (person: Mentionable | undefined) => {
    if (person === undefined || from === undefined) return;
    const begin = `${text.slice(0, from)}@${person.name} `;
    onTake(begin + text.slice(cursor), begin.length);
    setChosen(0);
  };
  return {
    shown,
    at,
    take,
    /** Was the key for this? */
    pressed(event: KeyboardEvent): boolean {
      if (shown.length === 0) return false;
      if (event.key === "ArrowDown") setChosen((at + 1) % shown.length);
      else if (event.key === "ArrowUp") setChosen((at - 1 + shown.length) % shown.length);
      else if (event.key === "Enter" || event.key === "Tab") take(shown[at]);
      else if (event.key === "Escape") setLeft(from);
      else return false;
      event.preventDefault();
      return true;
    },
  };
}
