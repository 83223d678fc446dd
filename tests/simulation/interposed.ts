// Puts itself between the pipeline and its parts: the real ones, with a step before and after each call.
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { StatementSync } from "node:sqlite";
import type { Call, DeathAt, Flaw, Point } from "./points.ts";

type Method = (this: unknown, ...args: unknown[]) => unknown;
/** What takes its place is called with the original, bound. */
type Between = (original: (...args: unknown[]) => unknown, args: unknown[]) => unknown;

/** Ends this process as a crash does, once it is where it was told to. */
export class Death {
  readonly #at: DeathAt | undefined;
  #count = 0;

  constructor(at: DeathAt | undefined) {
    this.#at = at;
  }

  at(point: Point): void {
    if (point !== this.#at?.point) return;
    this.#count += 1;
    if (this.#count === this.#at.count) process.kill(process.pid, "SIGKILL");
  }

  /** A call with its points around it. */
  around(call: Call): Between {
    return (original, args) => {
      this.at(`${call}.before`);
      const answer = original(...args);
      if (!(answer instanceof Promise)) {
        this.at(`${call}.after`);
        return answer;
      }
      return answer.then((value: unknown) => {
        this.at(`${call}.after`);
        return value;
      });
    };
  }
}

/** Replaces a method of every object of a class. */
export function interpose(prototype: object, name: string, between: Between): void {
  const original = Reflect.get(prototype, name) as Method | undefined;
  if (original === undefined) throw new Error(`There is no method ${name} to put anything in front of.`);
  const replaced: Method = function (...args) {
    return between((...given) => original.apply(this, given), args);
  };
  Object.defineProperty(prototype, name, { value: replaced });
}

/** SQLite's commits and the calls that make files durable; before anything of the pipeline is loaded, which keeps them. */
export function interposeSystem(death: Death): void {
  const commit = death.around("commit");
  const run = Reflect.get(StatementSync.prototype, "run") as Method;
  const replaced: Method = function (this: unknown, ...args) {
    const call = (...given: unknown[]) => run.apply(this, given);
    return (this as StatementSync).sourceSQL === "COMMIT" ? commit(call, args) : call(...args);
  };
  Object.defineProperty(StatementSync.prototype, "run", { value: replaced });

  const { fsync } = fs;
  const fsyncWithPoints = (descriptor: number, callback: fs.NoParamCallback) => {
    death.at("fsync.before");
    fsync(descriptor, (error) => {
      death.at("fsync.after");
      callback(error);
    });
  };
  Object.assign(fs, { fsync: fsyncWithPoints });
  interpose(fs.promises, "rename", death.around("rename"));
  syncBuiltinESMExports();
}

/** The parts that the stack is made of. */
export interface Classes {
  readonly store: object;
  readonly views: object;
  readonly queue: object;
  readonly push: object;
}

export function interposeParts({ store, views, queue, push }: Classes, death: Death): void {
  interpose(store, "append", death.around("append"));
  interpose(store, "saveCursor", death.around("cursor"));
  interpose(store, "saveSnapshot", death.around("snapshot"));
  interpose(queue, "publish", death.around("publish"));
  interpose(queue, "acknowledge", death.around("acknowledge"));
  interpose(views, "write", death.around("view"));
  interpose(views, "begin", death.around("begin"));
  interpose(views, "switchTo", death.around("switch"));
  interpose(push, "publish", death.around("push"));
}

/** Makes the pipeline wrong. */
export function spoil({ store, views }: Classes, flaw: Flaw): void {
  if (flaw === "answers_early") {
    interpose(store, "append", (original, args) => {
      setTimeout(original, 20, ...args);
      const [asked] = args;
      const appended = { kind: "appended" };
      return Promise.resolve(Array.isArray(asked) ? asked.map(() => appended) : appended);
    });
  } else if (flaw === "cursor_ahead") {
    interpose(store, "saveCursor", (original, [name, position]) => original(name, Number(position) + 40));
  } else {
    let writes = 0;
    interpose(views, "write", (original, args) => {
      writes += 1;
      return writes % 5 === 0 ? Promise.resolve({ kind: "written", etag: '"lost"' }) : original(...args);
    });
  }
}
