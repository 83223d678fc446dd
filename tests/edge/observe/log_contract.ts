// What every log keeps to, wherever its lines go.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { RequestLine } from "../../../edge/observe/line.ts";
import type { Log } from "../../../edge/observe/log.ts";
import { requestId } from "./observing.ts";

/** A log, and every line that it has written, as one text each. */
export interface Written {
  readonly log: Log;
  lines(): readonly string[];
}

export const line: RequestLine = {
  event: "request",
  requestId,
  method: "GET",
  route: "/positions",
  status: 503,
  code: "stopping",
  ms: 1.5,
};

export function logContract(name: string, open: (level: Log["level"]) => Written): void {
  describe(name, () => {
    test("lines of its level and above are written, in order", async () => {
      const { log, lines } = open("warn");
      for (const level of ["debug", "error", "info", "warn"] as const)
        log.write(level, { ...line, code: `at_${level}` });
      await log.close();
      const told = lines().map((text) => /at_[a-z]+/.exec(text)?.[0]);
      assert.deepEqual(told, ["at_error", "at_warn"]);
    });

    test("a line says what it was given", async () => {
      const { log, lines } = open("debug");
      log.write("info", line);
      await log.close();
      for (const part of ["GET", "/positions", "503", "stopping", "1.5", requestId]) {
        assert.ok(lines()[0]?.includes(part), `${part} in ${lines()[0]}`);
      }
    });

    test("a silent one writes nothing", async () => {
      const { log, lines } = open("silent");
      log.write("error", line);
      await log.close();
      assert.deepEqual(lines(), []);
    });
  });
}
