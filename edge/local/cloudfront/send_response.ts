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
  const { status, body } = answer;
  if (body === null || response.req.method === "HEAD") {
    await body?.cancel();
    response.writeHead(status, headers).end();
    return;
  }
  const reader: Reader = body.getReader();
  const onClose = () => void reader.cancel().catch(() => {});
  response.once("close", onClose);
  try {
    const first = await ready(reader.read());
    const second = first.read === undefined || first.read.done ? first : await ready(reader.read());
    // Mostly one piece is all: it goes out with the headers, and with its length.
    if (second.read?.done) sendWhole(response, status, headers, first.read?.value);
    else {
      response.writeHead(status, headers);
      await copy(reader, response, first === second ? [first] : [first, second]);
    }
  } finally {
    response.off("close", onClose);
  }
}

/** Short bytes go as a text of as many letters: Node writes that in one piece with the headers, which costs half. */
function sendWhole(response: ServerResponse, status: number, headers: string[], bytes: Uint8Array | undefined): void {
  const size = bytes?.length ?? 0;
  if (!headers.includes("content-length")) headers.push("content-length", String(size));
  response.writeHead(status, headers);
  if (bytes === undefined) response.end();
  else if (size > 16_384) response.end(bytes);
  else response.end(Buffer.from(bytes.buffer, bytes.byteOffset, size).toString("latin1"), "latin1");
}

async function copy(reader: Reader, response: ServerResponse, begun: readonly Pending[]): Promise<void> {
  response.flushHeaders();
  for (const { promise } of begun) {
    if (!(await wrote(response, await promise))) return;
  }
  while (await wrote(response, await reader.read())) {}
}

/** Writes what was read, and waits until there is room for more; false where there is no more, or nobody to read it. */
async function wrote(response: ServerResponse, { done, value }: Read): Promise<boolean> {
  if (response.destroyed) return false;
  if (done) response.end();
  else if (!response.write(value)) await roomIn(response);
  return !done && !response.destroyed;
}

function roomIn(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      response.off("drain", go).off("close", go);
      resolve();
    };
    response.on("drain", go).on("close", go);
  });
}

interface Pending {
  readonly promise: Promise<Read>;
  /** What was read, if it was there without waiting for anything but promises. */
  readonly read: Read | undefined;
}

async function ready(promise: Promise<Read>): Promise<Pending> {
  let read: Read | undefined;
  let failed = false;
  promise.then(
    (value) => {
      read = value;
    },
    () => {
      failed = true;
    },
  );
  for (let turn = 0; turn < 4 && read === undefined && !failed; turn += 1) await undefined;
  if (failed) await promise; // as long as nothing is sent, it can be told
  return { promise, read };
}
