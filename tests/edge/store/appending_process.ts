// A process that appends until it is killed, and says what it is about to append and what was acknowledged. Arguments: the
// folder, and a name for this run.
import { openEventStore } from "../../../edge/store/sqlite/open_event_store.ts";
import { told } from "./appends.ts";

/** A line that the process says. */
export interface Said {
  /** About to be appended: the command's id, its stream, and the version that it is decided on. */
  readonly begun?: readonly [id: string, stream: string, at: number];
  /** Acknowledged. */
  readonly id?: string;
}

const [folder = "", run = ""] = process.argv.slice(2);
// So few pages that it is often killed while they are copied.
const store = openEventStore(folder, { mostPages: 20 });
/** Resolves when the line is out of this process: what still waits in it dies with it. */
const say = (said: Said) => new Promise((done) => process.stdout.write(`${JSON.stringify(said)}\n`, done));

const writer = async (stream: string, name: string) => {
  for (let number = 0; ; number += 1) {
    const id = `${run}.${name}.${number}`;
    const at = await store.head(stream);
    await say({ begun: [id, stream, at] });
    const { kind } = await store.append(told(id, { stream, at, says: [`${id}.0`, `${id}.1`] }));
    if (kind === "appended") await say({ id });
  }
};

await Promise.all(
  ["general", "general", "random", "ada", "bob"].map((stream, name) => writer(`channel-${stream}`, `w${name}`)),
);
