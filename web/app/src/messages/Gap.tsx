/** A page that is far from what is read: as much room as its messages take. */
export function Gap({ index, start, size }: { readonly index: number; readonly start: number; readonly size: number }) {
  return (
    <div
      data-index={index}
      className="unloaded absolute top-0 left-0 w-full"
      style={{ height: size, transform: `translateY(${start}px)` }}
    />
  );
}
