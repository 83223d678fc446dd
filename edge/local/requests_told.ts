import type { IncomingMessage, ServerResponse } from "node:http";
import { LRUCache } from "lru-cache";
import type { AnsweredRequest } from "../commands/app.ts";
import type { Ids } from "../context/ids.ts";
import type { Observe } from "../observe/observe.ts";
import { routeOf } from "../observe/route.ts";

/** Puts together what the parts know of a request, and tells it once when its answer has gone out: one line a request. */
export class RequestsTold {
  readonly #observe: Observe;
  readonly #ids: Ids;
  // By request id. What is never answered falls out.
  readonly #known = new LRUCache<string, AnsweredRequest>({ max: 20_000 });

  constructor(observe: Observe, ids: Ids) {
    this.#observe = observe;
    this.#ids = ids;
  }

  /** What a part knows; the later part knows better. */
  add(answered: AnsweredRequest): void {
    this.#known.set(answered.requestId, { ...this.#known.get(answered.requestId), ...answered });
  }

  /** Carries a request out in its trace, and tells of it at its end. */
  around(request: IncomingMessage, response: ServerResponse, work: () => Promise<void>): Promise<void> {
    const { traces } = this.#observe;
    const { method = "", url = "" } = request;
    const route = routeOf(url);
    const from = performance.now();
    const span = traces.begin(`${method} ${route}`, request.headers.traceparent as string | undefined);
    const answeredAs = idInHead(response);
    response.once("close", () => {
      const requestId = answeredAs() ?? this.#ids.request();
      const known = this.#known.get(requestId);
      this.#known.delete(requestId);
      if (known?.cause !== undefined) this.#observe.trouble({ part: "server", what: "failed", error: known.cause });
      // An answer that was never begun: its reader has gone (nginx's 499).
      const status = response.headersSent ? response.statusCode : 499;
      const { actor, code, about } = known ?? {};
      this.#observe.request(
        {
          requestId,
          method,
          route,
          status,
          ms: performance.now() - from,
          ...(actor !== undefined && { actor }),
          ...(code !== undefined && { code }),
          ...about,
        },
        span,
      );
    });
    return traces.within(span, work);
  }
}

/** The request's id, out of the head of its answer: Node forgets a head that is written at once. */
function idInHead(response: ServerResponse): () => string | undefined {
  let id: string | undefined;
  const { writeHead } = response;
  response.writeHead = (...head: unknown[]) => {
    const headers = head.at(-1);
    if (Array.isArray(headers)) id = headers[headers.indexOf("x-request-id") + 1 || headers.length];
    else if (typeof headers === "object" && headers !== null) id = Reflect.get(headers, "x-request-id");
    return Reflect.apply(writeHead, response, head);
  };
  return () => id;
}
