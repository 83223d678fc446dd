import { Agent } from "undici";
import type { Person } from "../workload/person.ts";

interface Position {
  readonly view: string;
  readonly checkpoint?: { readonly [stream: string]: number };
}

/** Hears of every new position over `GET /positions`. */
export class Positions {
  readonly #agent = new Agent({ bodyTimeout: 0 });
  readonly #heard: (position: Position, at: number) => void;
  #rest = "";

  private constructor(heard: (position: Position, at: number) => void) {
    this.#heard = heard;
  }

  /** Resolves when it listens. */
  static async open(
    origin: string,
    { authorization }: Person,
    heard: (position: Position, at: number) => void,
  ): Promise<Positions> {
    const positions = new Positions(heard);
    const { statusCode, body } = await positions.#agent.request({
      ...{ origin, path: "/positions", method: "GET" },
      headers: { authorization, accept: "text/event-stream" },
    });
    if (statusCode !== 200) throw new Error(`/positions was answered ${statusCode}.`);
    body.on("error", () => {}); // it is closed here
    body.setEncoding("utf8").on("data", (text: string) => positions.#hear(text));
    return positions;
  }

  close(): Promise<void> {
    return this.#agent.destroy();
  }

  #hear(text: string): void {
    const at = performance.now();
    const events = (this.#rest + text).split("\n\n");
    this.#rest = events.pop() ?? "";
    for (const event of events) {
      const lines = event.split("\n");
      const data = lines.find((line) => line.startsWith("data: "));
      if (lines.includes("event: missed")) throw new Error("Positions were missed.");
      if (data !== undefined) this.#heard(JSON.parse(data.slice("data: ".length)), at);
    }
  }
}
