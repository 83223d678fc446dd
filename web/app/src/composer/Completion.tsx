import { Disc } from "../people/Disc.tsx";
import type { Mentionable } from "./completing.ts";

/** Those who may be meant, above the field. */
export function Completion({
  id,
  people,
  at,
  onTake,
}: {
  readonly id: string;
  readonly people: readonly Mentionable[];
  readonly at: number;
  readonly onTake: (person: Mentionable) => void;
}) {
  return (
    <div
      id={id}
      role="listbox"
      aria-label="People"
      className="absolute bottom-full left-0 z-10 mb-1 w-72 max-w-full overflow-hidden rounded-xl border border-line bg-raised p-1 shadow-xl"
    >
      {people.map((person, index) => (
        <div
          key={person.id}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === at}
          // Before the field loses the focus.
          onPointerDown={(event) => {
            event.preventDefault();
            onTake(person);
          }}
          className="flex min-h-11 cursor-pointer items-center gap-2.5 rounded-lg px-2 aria-selected:bg-tint aria-selected:text-accent"
        >
          <Disc userId={person.id} name={person.name} small />
          <bdi className="min-w-0 truncate">{person.name}</bdi>
        </div>
      ))}
    </div>
  );
}
