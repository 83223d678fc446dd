import type { RequestListener } from "node:http";
import type { Ids } from "../context/ids.ts";
import type { Observe } from "./observe.ts";
import { routeOf } from "./route.ts";

/** Observes what is served by node's own request and answer: sign-in. */
export function observedListener(listener: RequestListener, observe: Observe, ids: Ids): RequestListener {
  return (request, response) => {
    const from = performance.now();
    // Whoever serves it may change these.
    const { method = "", url = "" } = request;
    response.once("close", () => {
      const seen = { requestId: ids.request(), method, route: routeOf(url), status: response.statusCode };
      observe.request({ ...seen, ms: performance.now() - from });
    });
    listener(request, response);
  };
}
