const segmenter = new Intl.Segmenter();
const hues = ["disc-0", "disc-1", "disc-2", "disc-3", "disc-4", "disc-5"] as const;

/** A person at a glance: their first letter, on a colour that is theirs. */
export function Disc({
  userId,
  name,
  small = false,
}: {
  readonly userId: string;
  readonly name: string;
  readonly small?: boolean;
}) {
  let sum = 0;
  for (let place = 0; place < userId.length; place += 1) sum = (sum * 31 + userId.charCodeAt(place)) % 9973;
  const [first = "?"] = segmenter.segment(name)[Symbol.iterator]().next().value?.segment ?? "?";
  return (
    <span
      aria-hidden="true"
      data-letter={first.toLocaleUpperCase()}
      className={`disc ${hues[sum % hues.length]} ${small ? "size-7 text-xs" : "size-9 text-sm"}`}
    />
  );
}
