// A real issuer over HTTP, which can be slow, wrong, or away.
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

export class KeyServer implements AsyncDisposable {
  readonly #server = createServer((request, response) => {
    this.asked.push(request.url ?? "");
    this.answer(request, response);
  });
  /** The paths that were asked for. */
  readonly asked: string[] = [];
  answer: RequestListener = () => {};

  static async start(keys: readonly object[]): Promise<KeyServer> {
    const server = new KeyServer();
    server.publish({ keys });
    await new Promise<void>((resolve) => server.#server.listen(0, "127.0.0.1", resolve));
    return server;
  }

  get issuer(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  publish(set: unknown, status = 200): void {
    const body = typeof set === "string" ? set : JSON.stringify(set);
    this.answer = (_, response) => response.writeHead(status, { "content-type": "application/json" }).end(body);
  }

  /** Breaks every connection without an answer. */
  fail(): void {
    this.answer = (request) => request.socket.destroy();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
