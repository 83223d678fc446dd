/** Names and what stands for them, a line each. */
export function Facts({ rows }: { readonly rows: readonly (readonly [name: string, value: string])[] }) {
  return (
    <dl className="mt-2 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 text-sm">
      {rows.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-faint">{name}</dt>
          <dd className="truncate font-mono text-xs leading-5" title={value}>
            {value}
          </dd>
        </div>
      ))}
    </dl>
  );
}
