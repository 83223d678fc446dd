import { type Context, Hono } from "hono";
import type { Domain } from "../domain.ts";
import { http } from "../outcome/outcome.ts";
import { errorBody, refuse } from "../outcome/refusal.ts";
import { maxBodyBytes, readBody, unfit } from "./body.ts";
import type { Commands, Reply } from "./commands.ts";
import { isCommandId } from "./decided_command.ts";
import type { Rate } from "./rate.ts";
import type { RequestEnv } from "./request.ts";
import { respond } from "./respond.ts";

/** The header in which a client names the module that it decides with, and hears of the one that is served. */
export const domainHeader = "crowbar-domain";
/** Most events of one answer; the version in its header says where to go on. */
const maxEvents = 10_000;

export interface CommandRoutes {
  readonly commands: Commands;
  readonly domain: Domain;
  readonly rate: Rate;
}

type Call = Context<RequestEnv>;

/** A decided command never changes. Of a browser that several people use, each hears their own answer. */
const forEver = "private, max-age=31536000, immutable";

/** `POST /commands`, `GET /streams/<stream>/events` and `GET /streams/<stream>/commands/<id>`, behind `signedIn`. */
export function commandRoutes(parts: CommandRoutes): Hono<RequestEnv> {
  const routes = new Hono<RequestEnv>();
  routes.post("/commands", (c) => postCommands(c, parts));
  routes.all("/commands", (c) => wrongMethod(c, "POST"));
  routes.get("/streams/:stream/events", (c) => getEvents(c, parts));
  routes.all("/streams/:stream/events", (c) => wrongMethod(c, "GET"));
  routes.get("/streams/:stream/commands/:id", (c) => getDecided(c, parts));
  routes.all("/streams/:stream/commands/:id", (c) => wrongMethod(c, "GET"));
  return routes;
}

async function postCommands(c: Call, { commands, domain, rate }: CommandRoutes): Promise<Response> {
  const wrong = unfit(c.req.raw.headers);
  if (wrong !== undefined) return respond(c, wrong);
  const body = new Uint8Array(await c.req.arrayBuffer());
  if (body.length > maxBodyBytes) {
    return respond(c, refuse("body_too_large", { actual: body.length, limit: maxBodyBytes }));
  }
  const asked = readBody(domain, body);
  if ("code" in asked) return respond(c, asked);
  const actor = c.get("actor");
  const seconds = rate.take(actor.id, asked.commands.length);
  if (seconds > 0) {
    return respond(c, refuse("too_many_requests", { actor: actor.id, limit: rate.perSecond, seconds }));
  }
  const module = c.req.header(domainHeader);
  const replies = await Promise.all(
    asked.commands.map((command) =>
      commands.submit({ command, actor, ...(module !== undefined && { domain: module }) }),
    ),
  );
  const { stream, commandId } = replies[0] as Reply;
  c.set("about", {
    ...(stream !== undefined && { stream }),
    ...(commandId !== undefined && { commandId }),
    ...(asked.many && { commands: replies.length }),
  });
  return asked.many ? answerMany(c, replies) : answerOne(c, replies[0] as Reply);
}

function answerOne(c: Call, reply: Reply): Response {
  if (reply.kind === "refused") return respond(c, reply.refusal);
  c.header("cache-control", "no-store");
  c.header("content-type", "application/json");
  return c.body(reply.verdict as Uint8Array<ArrayBuffer>);
}

/** Each command is answered by itself: its status, and the verdict or the error that it would have had alone. */
function answerMany(c: Call, replies: readonly Reply[]): Response {
  const requestId = c.get("requestId");
  const parts = replies.flatMap((reply, index) => [
    Buffer.from(`${index === 0 ? "[" : ","}{"status":${statusOf(reply)},`),
    ...(reply.kind === "accepted"
      ? [Buffer.from('"verdict":'), reply.verdict, Buffer.from("}")]
      : [Buffer.from(errorBody(reply.refusal, requestId).slice(1))]),
  ]);
  c.header("cache-control", "no-store");
  c.header("content-type", "application/json");
  return c.body(Buffer.concat([...parts, Buffer.from("]")]));
}

const statusOf = (reply: Reply) => (reply.kind === "accepted" ? 200 : http[reply.refusal.outcome].status);

async function getEvents(c: Call, { commands }: CommandRoutes): Promise<Response> {
  const asked = c.req.query("after") ?? "0";
  const after = /^\d{1,16}$/.test(asked) ? Number(asked) : Number.NaN;
  if (!Number.isSafeInteger(after)) {
    const expected = `an integer from 0 to ${Number.MAX_SAFE_INTEGER}`;
    return respond(c, refuse("query_malformed", { name: "after", expected, actual: asked.slice(0, 40) }));
  }
  const stream = c.req.param("stream") ?? "";
  c.set("about", { stream });
  const answer = await commands.events(stream, after, maxEvents, c.get("actor"));
  if ("code" in answer) return respond(c, answer);
  c.header("cache-control", "no-store");
  c.header("content-type", "application/x-ndjson");
  c.header("crowbar-version", String(answer.version));
  return c.body(answer.events as Uint8Array<ArrayBuffer>);
}

async function getDecided(c: Call, { commands }: CommandRoutes): Promise<Response> {
  const { stream = "", id = "" } = c.req.param();
  c.set("about", { stream, ...(isCommandId(id) && { commandId: id }) });
  const answer = await commands.decided(stream, id, c.get("actor"));
  if ("code" in answer) return respond(c, answer);
  c.header("cache-control", forEver);
  c.header("vary", "authorization");
  c.header("content-type", "application/json");
  return c.body(answer as Uint8Array<ArrayBuffer>);
}

export function wrongMethod(c: Call, expected: string): Response {
  c.header("allow", expected);
  return respond(c, refuse("method_not_allowed", { name: c.req.path, expected, actual: c.req.method }));
}
