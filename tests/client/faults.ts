// A way to the server on which things go wrong.

/** What goes wrong with a request: it is not sent, its answer is lost, it arrives twice, or something else answers. */
export type Fault =
  | "dropped"
  | "lost"
  | "twice"
  | "broken off"
  | { readonly status: number; readonly body?: string; readonly headers?: Readonly<Record<string, string>> };

export interface Asked {
  readonly path: string;
  readonly method: string;
  readonly body: string;
  readonly headers: Headers;
}

export class Way {
  /** Every request that was made, in order, whatever became of it. */
  readonly asked: Asked[] = [];
  /** What goes wrong with a request; nothing, if it answers nothing. */
  fault: (asked: Asked) => Fault | undefined | Promise<Fault | undefined> = () => undefined;

  readonly fetch: typeof fetch = async (input, init) => {
    const asked = {
      path: new URL(String(input)).pathname,
      method: init?.method ?? "GET",
      body: String(init?.body ?? ""),
      headers: new Headers(init?.headers),
    };
    this.asked.push(asked);
    const fault = await this.fault(asked);
    if (init?.signal?.aborted) throw new TypeError("aborted");
    if (fault === "dropped") throw new TypeError("dropped");
    if (typeof fault === "object") {
      return new Response(fault.body ?? "<!doctype html>", {
        status: fault.status,
        ...(fault.headers && { headers: fault.headers }),
      });
    }
    const answer = await fetch(input, init);
    if (fault === undefined) return answer;
    if (asked.path === "/positions") {
      await answer.body?.cancel();
      throw new TypeError("broken off");
    }
    const bytes = await answer.arrayBuffer();
    if (fault === "lost") throw new TypeError("lost");
    if (fault === "twice") return fetch(input, init);
    return new Response(bytes.slice(0, bytes.byteLength / 2), { status: answer.status, headers: answer.headers });
  };

  /** The commands that were sent, one after the other, each time that they were. */
  get commands(): readonly { readonly id: string; readonly type: string }[] {
    return this.asked.filter(({ path }) => path === "/commands").flatMap(({ body }) => [JSON.parse(body)].flat());
  }
}

/** Something that happens when it is opened. */
export function gate(): { readonly open: () => void; readonly passed: Promise<void> } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { open: resolve, passed: promise };
}
