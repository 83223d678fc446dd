import { type KeySet, readKeySet } from "./key_set.ts";

/** A set of a hundred keys with their certificates is smaller. */
const maxBytes = 256 * 1024;

/**
 * Fetches a JWK set.
 *
 * @throws Error that says why there is none: the network's, a timeout, another status than 200, a redirection, too many
 *   bytes, no JSON, or no key in it that can be taken.
 */
export async function fetchKeySet(url: URL, timeoutMs: number): Promise<KeySet> {
  const response = await fetch(url, {
    headers: { accept: "application/json" },
    redirect: "error",
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new Error(`${url} answers ${response.status}.`);
  }
  const keys = readKeySet(JSON.parse(await textOf(response, url)));
  if (keys === undefined || keys.size === 0) throw new Error(`${url} holds no key for RS256.`);
  return keys;
}

async function textOf(response: Response, url: URL): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.length;
    if (size > maxBytes) throw new Error(`${url} answers more than ${maxBytes} bytes.`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}
