/** The public client that the local stack's app, its CLI and its tests are. */
export const clientId = "crowbar-local";

/** Where the app is on its origin after signing in and after signing out. */
const paths = ["/", "/callback", "/signed-out"];

/** The addresses under which this machine reaches the stack: the issuer's own origin, by its names for itself. */
export function ownOrigins(issuer: string): readonly string[] {
  const { protocol, hostname, port, origin } = new URL(issuer);
  const loopback = ["127.0.0.1", "localhost"];
  if (!loopback.includes(hostname)) return [origin];
  return loopback.map((name) => `${protocol}//${name}${port && `:${port}`}`);
}

/** Every address to which somebody may be sent with a code, to the letter. */
export function redirectUris(origins: readonly string[]): readonly string[] {
  return origins.flatMap((origin) => paths.map((path) => origin + path));
}
