/** Something is being loaded. It is seen only where that takes a while. */
export function Loading({ what }: { readonly what: string }) {
  return (
    <div role="status" className="late grid h-full place-content-center justify-items-center gap-3 p-8 text-faint">
      <span className="spinner" aria-hidden="true" />
      {what}
    </div>
  );
}
