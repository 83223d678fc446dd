import type { ServerResponse } from "node:http";

/** What a request is made of before anybody asks for a Request. */
export interface RequestParts {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer | undefined;
  /** Closed early when whoever asks goes away. */
  readonly response: ServerResponse;
}

/**
 * A Request as far as functions mostly look at one: its method, its address, its headers, its whole body, once. For whatever
 * else they ask, a real one is made: that alone costs as much as the rest of the way to the origin. Only `new Request(it)`
 * throws: it looks at what no other object can have; `it.clone()` answers one that it takes.
 */
class LightRequest {
  readonly #parts: RequestParts;
  #headers: Headers | undefined;
  #gone: AbortController | undefined;
  #used = false;
  #real: Request | undefined;

  constructor(parts: RequestParts) {
    this.#parts = parts;
  }

  get method(): string {
    return this.#parts.method;
  }
  get url(): string {
    return this.#parts.url;
  }
  get headers(): Headers {
    this.#headers ??= new Headers(this.#parts.headers as [string, string][]);
    return this.#headers;
  }
  get signal(): AbortSignal {
    if (this.#gone === undefined) {
      const gone = new AbortController();
      const { response } = this.#parts;
      this.#gone = gone;
      const onClose = () => {
        if (!response.writableFinished) gone.abort();
      };
      if (response.closed) onClose();
      else response.once("close", onClose);
    }
    return this.#gone.signal;
  }
  get bodyUsed(): boolean {
    return this.#real === undefined ? this.#used : this.#real.bodyUsed;
  }
  async arrayBuffer(): Promise<ArrayBuffer> {
    const { body } = this.#parts;
    if (this.#real !== undefined || this.#used || body === undefined) return this.real.arrayBuffer();
    this.#used = true;
    return new Uint8Array(body).buffer;
  }

  get real(): Request {
    if (this.#real === undefined) {
      const { method, url, body } = this.#parts;
      const { headers, signal } = this;
      this.#real = new Request(url, { method, headers, signal, ...(body && { body: new Uint8Array(body) }) });
      // What was read from this one is read from that one.
      if (this.#used) void this.#real.arrayBuffer();
    }
    return this.#real;
  }
}

// Every other member of a Request is the real one's, and whoever asks whether this is a Request hears yes.
for (const [name, { get, value }] of Object.entries(Object.getOwnPropertyDescriptors(Request.prototype))) {
  if (Object.hasOwn(LightRequest.prototype, name) || !(get || typeof value === "function")) continue;
  const real = get
    ? {
        get(this: LightRequest) {
          return Reflect.get(this.real, name);
        },
      }
    : {
        value(this: LightRequest, ...args: unknown[]) {
          return Reflect.get(this.real, name).apply(this.real, args);
        },
      };
  Object.defineProperty(LightRequest.prototype, name, { ...real, configurable: true });
}
Object.setPrototypeOf(LightRequest.prototype, Request.prototype);

/** A request for the origin, which costs what is asked of it. */
export function lightRequest(parts: RequestParts): Request {
  return new LightRequest(parts) as unknown as Request;
}
