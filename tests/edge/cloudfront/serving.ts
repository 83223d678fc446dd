// A server as the local stack has it, asked over real sockets.
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import type { CloudFrontRequestEvent } from "aws-lambda";
import { lambdaHandler } from "../../../edge/commands/lambda.ts";
import { CountedIds } from "../../../edge/context/counted_ids.ts";
import { createServer, type EdgeServer, type ServerOptions } from "../../../edge/local/cloudfront/create_server.ts";
import { functionUrl, httpResponseStream } from "../../../edge/local/cloudfront/function_url.ts";
import type { Origin } from "../../../edge/local/cloudfront/to_origin.ts";
import type { Viewer } from "../../../edge/viewer/handler.ts";

/** A function at the edge that lets everything through. */
export const open: Viewer = async ({ Records: [record] }) => {
  if (record === undefined) throw new Error("no record");
  return record.cf.request;
};

export interface Serving extends AsyncDisposable {
  readonly server: EdgeServer;
  readonly port: number;
  readonly address: string;
  readonly defects: unknown[];
  /** The codes of what the server itself did not take. */
  readonly refused: string[];
  /** What the function at the edge was called with. */
  readonly events: CloudFrontRequestEvent[];
  /** What the origin was asked. */
  readonly asked: Request[];
  /** Sends these bytes on a connection of their own, and answers all that comes until it is closed. */
  raw(bytes: string | Uint8Array, options?: { readonly end?: boolean }): Promise<string>;
}

/** Waits are short here, and no limit is of time. */
export const quick = { checkMs: 20, closeMs: 500 };

/** Does the origin stand behind the function that is deployed? deployed.test.ts runs the tests that way too. */
const deployed = process.env.CROWBAR_ORIGIN === "function_url";

/** An origin as Lambda has it. */
const behindUrl = (fetch: Origin): Origin => functionUrl(lambdaHandler({ fetch }, httpResponseStream));

export interface ServingOptions extends Partial<ServerOptions> {
  /** As it is, whatever else is asked: what it says of itself does not come through a function's URL. */
  readonly bare?: boolean;
}

export async function serving({ bare = false, ...options }: ServingOptions = {}): Promise<Serving> {
  const defects: unknown[] = [];
  const refused: string[] = [];
  const events: CloudFrontRequestEvent[] = [];
  const asked: Request[] = [];
  const { viewer = open, origin = () => new Response("from the origin") } = options;
  const asking: Origin = (request) => {
    asked.push(request);
    return origin(request);
  };
  const server = createServer({
    ids: new CountedIds(),
    report: (defect) => defects.push(defect),
    onRefused: ({ code }) => refused.push(code),
    ...options,
    viewer: (event) => {
      events.push(structuredClone(event));
      return viewer(event);
    },
    origin: deployed && !bare ? behindUrl(asking) : asking,
    limits: { ...quick, ...options.limits },
  });
  const port = await server.listen(0, "127.0.0.1");
  return {
    server,
    port,
    address: `http://127.0.0.1:${port}`,
    defects,
    refused,
    events,
    asked,
    raw: async (bytes, { end = false } = {}) => {
      const socket = await connected(port);
      socket.write(bytes);
      if (end) socket.end();
      return allOf(socket);
    },
    [Symbol.asyncDispose]: () => server.close(),
  };
}

export async function connected(port: number): Promise<Socket> {
  const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
  await once(socket, "connect");
  return socket;
}

/** Everything that comes until the other side hangs up. */
export async function allOf(socket: Socket): Promise<string> {
  let text = "";
  socket.setEncoding("latin1").on("data", (part: string) => {
    text += part;
  });
  socket.on("error", () => {});
  if (!socket.readableEnded && !socket.destroyed)
    await Promise.race([once(socket, "end"), once(socket, "close")]).catch(() => {});
  socket.destroy();
  return text;
}

/** Waits until it is so. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1));
}

/** `413 body_too_large` of each answer in what came over a connection, or its status alone where it is no refusal. */
export function answersIn(text: string): readonly string[] {
  return text
    .split(/(?=HTTP\/1\.1 )/)
    .filter((part) => part !== "")
    .map((answer) => {
      const code = /"error":\{"code":"(\w+)"/.exec(answer)?.[1];
      return `${answer.slice(9, 12)}${code === undefined ? "" : ` ${code}`}`;
    });
}

/** One answer of `fetch`, as short. */
export async function outcomeOf(response: Response): Promise<string> {
  const text = await response.text();
  const code = /^\{"error":\{"code":"(\w+)"/.exec(text)?.[1];
  return `${response.status}${code === undefined ? "" : ` ${code}`}`;
}

/** A request as text: the line, the headers, and the end of the connection with it. */
export const request = (line: string, headers: readonly string[] = [], body = "") =>
  [`${line} HTTP/1.1`, "Host: chat.example", "Connection: close", ...headers, "", body].join("\r\n");
