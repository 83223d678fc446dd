import { codeOf, commandIdOf, countOf, idOf, methodOf, msOf, requestIdOf, traceIdOf, viewOf } from "./forms.ts";
import { type DefectLine, type PartLine, parts, type RequestLine } from "./line.ts";
import { routes } from "./route.ts";
import { toldError } from "./told_error.ts";

/** A request as the server saw it; see `RequestLine`. */
export type RequestSeen = Omit<RequestLine, "event">;

/** What a part tells; `error` is whatever was thrown. */
export type PartSeen = Omit<PartLine, "event" | "error"> & { readonly error?: unknown };

// Each line is put together member by member: whatever else hangs on what was handed over stays behind.

export function requestLine(seen: RequestSeen): RequestLine {
  const { code, stream, commandId, commands, actor, traceId } = seen;
  return {
    event: "request",
    requestId: requestIdOf(seen.requestId),
    method: methodOf(seen.method),
    route: knownRoutes.has(seen.route) ? seen.route : "other",
    status: countOf(seen.status),
    ...(code !== undefined && { code: codeOf(code) }),
    ...(stream !== undefined && { stream: idOf(stream) }),
    ...(commandId !== undefined && { commandId: commandIdOf(commandId) }),
    ...(commands !== undefined && { commands: countOf(commands) }),
    ...(actor !== undefined && { actor: idOf(actor) }),
    ms: msOf(seen.ms),
    ...(traceId !== undefined && { traceId: traceIdOf(traceId) }),
  };
}

export function partLine(seen: PartSeen): PartLine {
  const { view, stream, version, count, error } = seen;
  return {
    event: "part",
    part: knownParts.has(seen.part) ? seen.part : "server",
    what: codeOf(seen.what),
    ...(view !== undefined && { view: viewOf(view) }),
    ...(stream !== undefined && { stream: idOf(stream) }),
    ...(version !== undefined && { version: countOf(version) }),
    ...(count !== undefined && { count: countOf(count) }),
    ...(error !== undefined && { error: toldError(error) }),
  };
}

export function defectLine(requestId: string, error: unknown): DefectLine {
  return { event: "defect", requestId: requestIdOf(requestId), error: toldError(error) };
}

const knownRoutes: ReadonlySet<string> = new Set(routes);
const knownParts: ReadonlySet<string> = new Set(parts);
