import { once } from "node:events";
import type { ServerResponse } from "node:http";

type Reader = ReadableStreamDefaultReader<Uint8Array>;
type Read = Awaited<ReturnType<Reader["read"]>>;

/** What says how one connection carries bytes is for the next one to say anew. */
const ofConnection: ReadonlySet<string> = new Set([
  "connection",
  "keep-alive",
  "transfer-encoding",
  "upgrade",
  "trailer",
]);

/** Sends what the origin answers, as it comes: a stream is written as fast as it is read, and ended when nobody reads. */
export async function sendResponse(response: ServerResponse, answer: Response): Promise<void> {
  const headers: string[] = [];
  for (const [name, value] of answer.headers) if (!ofConnection.has(name)) headers.push(name, value);
  response.writeHead(answer.status, headers);
  if (answer.body === null || response.req.method === "HEAD") {
    await answer.body?.cancel();
    response.end();
    return;
  }
  const reader: Reader = answer.body.getReader();
  const onClose = () => void reader.cancel().catch(() => {});
  response.once("close", onClose);
  try {
    await copy(reader, response);
  } finally {
    response.off("close", onClose);
  }
}

async function copy(reader: Reader, response: ServerResponse): Promise<void> {
  let next = reader.read();
  for (;;) {
    const there = await ready(next);
    if (there === undefined) response.flushHeaders();
    const { done, value } = there ?? (await next);
    if (done) break;
    next = reader.read();
    // Mostly that was all: then it goes out in one piece, with its length.
    if ((await ready(next))?.done) {
      endWith(response, value);
      return;
    }
    if (!response.write(value) && !response.destroyed)
      await Promise.race([once(response, "drain"), once(response, "close")]);
    if (response.destroyed) return;
  }
  response.end();
}

/** Short bytes as a text of as many letters: Node then writes them together with the headers, which costs half. */
function endWith(response: ServerResponse, bytes: Uint8Array): void {
  if (bytes.length > 16_384) response.end(bytes);
  else response.end(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1"), "latin1");
}

/** What was read, if it is there without waiting for anything but promises. */
async function ready(read: Promise<Read>): Promise<Read | undefined> {
  let found: Read | undefined;
  read.then(
    (value) => {
      found = value;
    },
    () => {},
  );
  for (let turn = 0; turn < 4 && found === undefined; turn += 1) await undefined;
  return found;
}
