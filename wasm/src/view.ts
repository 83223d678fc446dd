import { Projecting } from "./projecting.ts";
import type { ViewObject } from "./types.ts";

/** A view, kept inside the module while events are projected to it. */
export class View<Data> extends Projecting {
  /** The canonical bytes of the whole view: `{data, checkpoint, projection, domain}`. */
  bytes(): Uint8Array {
    this.core.need(this.core.one("viewBytes", this.number));
    return this.core.answerBytes();
  }

  /** The whole view as an object. */
  toJSON(): ViewObject<Data> {
    this.core.need(this.core.one("viewBytes", this.number));
    return JSON.parse(this.core.answerText());
  }
}
