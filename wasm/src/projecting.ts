import { bytesOf, ndjson } from "./bytes.ts";
import type { Core } from "./core.ts";
import { CrowbarError } from "./errors.ts";
import { Handle } from "./handle.ts";
import type { Checkpoint, Events } from "./types.ts";

/** What events are projected to: a view, or the pages of a stream. */
export abstract class Projecting extends Handle {
  /** `<projection>`, `<projection>/<id>` or `<projection>/<id>/<page>`; of all pages, `<projection>/<id>`. */
  readonly key: string;

  /** @internal Opened by `Domain.view` and `Domain.pages`. */
  constructor(core: Core, number: number) {
    core.need(core.one("viewKey", number));
    const key = core.answerText();
    super(core, number, `view ${key}`);
    this.key = key;
  }

  /**
   * Projects stored events. What is at or below the checkpoint passes by, and so do other streams: a batch may be handed
   * to every view.
   *
   * @throws CrowbarError `version_gap` where an event is missing (`params.expected` is the version to fetch from),
   *   `event_unknown`, `page_missing` (see `Pages`), or a fault of the text. The events before that line have been
   *   projected; `checkpoint` says so.
   */
  project(events: Events): void {
    this.core.lines("project", this.number, ndjson(events));
  }

  /**
   * Says that nothing up to `version` of `stream` concerns this view, or is in it already. A page of messages begins
   * where the one before it is full; without this it has to hear the stream from its first event to find its place.
   * Pages that are open together never go back.
   *
   * @throws CrowbarError `value_out_of_range` where the version is no integer from 0 on.
   */
  beginAfter(stream: string, version: number): void {
    if (!Number.isSafeInteger(version) || version < 0) {
      const message = `A stream's version is an integer from 0 to ${Number.MAX_SAFE_INTEGER}, not ${version}.`;
      throw new CrowbarError({ code: "value_out_of_range", message });
    }
    const handle = this.number;
    const bytes = bytesOf(stream);
    this.core.put(bytes);
    this.core.need(this.core.three("beginAfter", handle, bytes.length, version));
  }

  /** Stream → version of the last event that is in the view. */
  get checkpoint(): Checkpoint {
    this.core.need(this.core.one("viewCheckpoint", this.number));
    return JSON.parse(this.core.answerText());
  }
}
