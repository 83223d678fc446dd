/** How much of an archive is taken: far beyond real ones, and far below what would fill a machine. */
export const limits = {
  entries: 500_000,
  /** Bytes of one entry, unpacked: it is read whole. */
  entryBytes: 256 * 1024 * 1024,
  /** Bytes of all entries, unpacked. */
  allBytes: 64 * 1024 * 1024 * 1024,
  /** How many times its packed size an entry of a megabyte and more may have. Text packs to a tenth, or a thirtieth. */
  ratio: 250,
} as const;

export type Limits = { readonly [name in keyof typeof limits]: number };
