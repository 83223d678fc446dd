import type { Observer } from "../relay/observer.ts";
import type { Observe } from "./observe.ts";

/** What the relay, the projector and the reconciler tell, as lines and figures. */
export function observePipeline(observe: Observe): Observer {
  return {
    failed: (part, error) => observe.trouble({ part, what: "failed", error }),
    // The reason may quote the event: it is kept with the dead letter, for who looks at it.
    parked: ({ group, stream, version }) =>
      observe.trouble({ part: "projector", what: "parked", view: group, stream, version }),
    damaged: (damage) => {
      if (damage.kind === "unreadable") {
        return observe.trouble({ part: "reconciler", what: "view_unreadable", view: damage.view });
      }
      const { view, stream, at } = damage;
      observe.trouble({ part: "reconciler", what: "view_ahead", view, stream, version: at });
    },
  };
}
