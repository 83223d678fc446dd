/** Where the app's own pages are: each is answered with its one document, which shows what the address says. */
export const documentPaths = ["/", "/index.html", "/c/*", "/callback", "/signed-out"] as const;

/** The files of the chat beside its document: they keep their names whatever is in them. */
export const rootFiles = [
  ...["/config.json", "/manifest.webmanifest", "/sw.js", "/theme.js"],
  ...["/icon.svg", "/icon-192.png", "/icon-512.png", "/icon-maskable.png"],
] as const;

/** What anybody may get of an app without a token, whatever files lie at its root. */
export const appPaths: readonly string[] = [...documentPaths, "/assets/*", "/rules/*"];
