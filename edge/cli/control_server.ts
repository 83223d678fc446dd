import { rmSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import type { Stack } from "../local/stack.ts";
import { longestRequest, type Request, readRequest, type Told } from "./control_wire.ts";
import { failureOf } from "./failures.ts";
import { controlSocket } from "./folder.ts";
import { type Operation, OperationFailed } from "./operation.ts";
import { paced } from "./paced.ts";

/** How long, in ms, an answer waits to be read after it is whole. */
const lingerMs = 2_000;

export interface ControlOptions {
  /** The data folder, which this process has for itself. */
  readonly data: string;
  readonly stack: Stack;
  /** By name: what may be asked for. */
  readonly operations: { readonly [name: string]: Operation };
  /** Is told every error that is our own. */
  readonly report?: (defect: unknown) => void;
}

export interface Control {
  /** Stops what runs, tells whoever waits for it, and takes the socket away. */
  close(): Promise<void>;
}

/**
 * Takes operations from other processes of the same user, through a socket in the data folder, and carries them out on
 * this process's stack: no two processes can have a store.
 *
 * @throws OperationFailed where the folder lies too deep for a socket; an error of the system where none can be made.
 */
export async function serveControl({ data, stack, operations, report = () => {} }: ControlOptions): Promise<Control> {
  const path = controlSocket(data);
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();
  const server = createServer((socket) => {
    const served = serve(socket, stack, operations, stopping.signal, report);
    running.add(served);
    void served.finally(() => running.delete(served));
  });
  // What a killed process left: the folder is ours, so nobody listens there.
  rmSync(path, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    // The socket is made within this call: nobody else may open it, not even for a moment.
    const umask = process.umask(0o177);
    try {
      server.listen(path, resolve);
    } finally {
      process.umask(umask);
    }
  });
  server.on("error", report);
  return {
    async close() {
      stopping.abort(new OperationFailed("unavailable", "The process that did this is closing down. Run it again."));
      const closed = new Promise((resolve) => server.close(resolve));
      await Promise.all(running);
      await closed;
    },
  };
}

async function serve(
  socket: Socket,
  stack: Stack,
  operations: ControlOptions["operations"],
  stopping: AbortSignal,
  report: (defect: unknown) => void,
): Promise<void> {
  const hungUp = new AbortController();
  socket.on("error", () => {}); // "close" follows
  socket.once("close", () => hungUp.abort(new OperationFailed("interrupted", "Whoever asked for this is gone.")));
  const signal = AbortSignal.any([stopping, hungUp.signal]);
  const tell = (told: Told) => write(socket, told, signal);
  try {
    const line = await firstLine(socket, signal);
    socket.resume(); // or nobody would notice that it is closed
    const request = read(line);
    const operation = Object.hasOwn(operations, request.operation) ? operations[request.operation] : undefined;
    if (operation === undefined) {
      const message = `The process that runs here knows no operation "${request.operation}": it is of another version.`;
      throw new OperationFailed("usage", message);
    }
    const work = paced(operation(stack, request.options, signal));
    let next = await work.next();
    for (; !next.done; next = await work.next()) await tell({ progress: next.value });
    await tell({ result: next.value });
  } catch (error) {
    const { reason, message } = failureOf(error);
    if (reason === "defect") report(error);
    await tell({ failure: { reason, message } });
  } finally {
    socket.destroySoon();
    // Whoever does not read it by then never will.
    setTimeout(() => socket.destroy(), lingerMs).unref();
  }
}

function read(line: string): Request {
  try {
    return readRequest(line);
  } catch (cause) {
    throw new OperationFailed("usage", `This is no request: ${(cause as Error).message}`, { cause });
  }
}

/** Resolves when there is room for more, or when nobody waits for it any longer. */
async function write(socket: Socket, told: Told, over: AbortSignal): Promise<void> {
  if (socket.destroyed || socket.write(`${JSON.stringify(told)}\n`) || over.aborted) return;
  await new Promise<void>((resolve) => {
    const done = () => {
      socket.off("drain", done);
      over.removeEventListener("abort", done);
      resolve();
    };
    socket.once("drain", done);
    over.addEventListener("abort", done, { once: true });
  });
}

async function firstLine(socket: Socket, signal: AbortSignal): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let said = Buffer.alloc(0);
  const hear = (chunk: Buffer) => {
    said = Buffer.concat([said, chunk]);
    const end = said.indexOf(10);
    if (end >= 0) resolve(said.toString("utf8", 0, end));
    else if (said.length > longestRequest) reject(new OperationFailed("usage", "The request is too long."));
  };
  const stop = () => reject(signal.reason);
  socket.on("data", hear);
  signal.addEventListener("abort", stop, { once: true });
  try {
    return await promise;
  } finally {
    socket.off("data", hear);
    signal.removeEventListener("abort", stop);
  }
}
