const look = "mt-2 max-h-48 overflow-auto whitespace-pre-wrap break-words rounded-lg bg-sunken p-2.5 font-mono text-xs";

/** A value as it stands in the log, to its last character: no end of a line is out of sight. */
export function Json({ of }: { readonly of: unknown }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever scrolls by keyboard has to reach it.
    <pre tabIndex={0} className={look}>
      {JSON.stringify(of, null, 2)}
    </pre>
  );
}
