/** In place of a message whose page is on its way. */
export function Skeleton({ position, count }: { readonly position: number; readonly count: number }) {
  return (
    <article
      aria-label="Loading"
      aria-posinset={position + 1}
      aria-setsize={count}
      className="grid h-13 grid-cols-[2.25rem_minmax(0,1fr)] gap-x-3 px-3 py-2 md:px-5"
    >
      <span className="size-9 rounded-full bg-line/60" />
      <span className="grid content-center gap-2">
        <span className="h-2.5 w-28 rounded bg-line/60" />
        <span className={`h-2.5 rounded bg-line/40 ${["w-3/4", "w-1/2", "w-5/6"][position % 3]}`} />
      </span>
    </article>
  );
}
