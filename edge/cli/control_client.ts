import { createConnection, type Socket } from "node:net";
import { longestTold, type Told } from "./control_wire.ts";
import { controlSocket } from "./folder.ts";
import { linesOf } from "./lines.ts";
import { type JsonObject, OperationFailed, type Progress } from "./operation.ts";

/** Has operations carried out by the process that has the data. */
export interface ControlClient {
  run(operation: string, options: JsonObject, signal: AbortSignal): AsyncGenerator<Progress, JsonObject, undefined>;
}

/**
 * The process that has a data folder; undefined where there is none.
 *
 * @throws OperationFailed `unavailable` where there is one that does not let us in.
 */
export async function connectControl(data: string): Promise<ControlClient | undefined> {
  const socket = createConnection(controlSocket(data));
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once("connect", resolve);
      socket.once("error", reject);
    });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    // There is no socket, or whoever had it was killed.
    if (code === "ENOENT" || code === "ECONNREFUSED" || code === "ENOTDIR") return undefined;
    throw new OperationFailed("unavailable", `The process that has ${data} cannot be reached: ${message}.`);
  }
  return { run: (operation, options, signal) => run(socket, operation, options, signal) };
}

async function* run(
  socket: Socket,
  operation: string,
  options: JsonObject,
  signal: AbortSignal,
): AsyncGenerator<Progress, JsonObject, undefined> {
  const stop = () => socket.destroy();
  socket.on("error", () => {}); // the lines end
  signal.addEventListener("abort", stop, { once: true });
  try {
    signal.throwIfAborted();
    socket.write(`${JSON.stringify({ operation, options })}\n`);
    for await (const line of linesOf(socket, longestTold)) {
      if (line === undefined) throw new OperationFailed("defect", "A line of the answer is too long.");
      const told: Told = JSON.parse(Buffer.from(line).toString());
      if ("progress" in told) yield told.progress;
      else if ("result" in told) return told.result;
      else throw new OperationFailed(told.failure.reason, told.failure.message);
    }
  } catch (error) {
    if (error instanceof OperationFailed || signal.aborted) throw signal.aborted ? signal.reason : error;
    throw new OperationFailed("unavailable", "The process that had the data is gone. Run it again.", { cause: error });
  } finally {
    signal.removeEventListener("abort", stop);
    socket.destroy();
  }
  signal.throwIfAborted();
  throw new OperationFailed("unavailable", "The process that had the data ended before it was done. Run it again.");
}
