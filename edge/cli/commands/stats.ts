import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Command } from "commander";
import { type Cli, jsonLine, perform, type Shared } from "../cli.ts";
import type { JsonObject } from "../operation.ts";
import { figure } from "../show.ts";
import { members, table } from "../words.ts";
import { command } from "./command.ts";

export function statsCommand(cli: Cli): Command {
  return command("stats", "say how much there is, and what is halted").action(async (options: Shared) => {
    const result = await perform(cli, options, { operation: "stats", options: {} });
    const bytes = await bytesIn(options.data);
    if (options.json) return cli.print(jsonLine({ ...result, bytes }));
    await cli.print(page(result, bytes));
  });
}

function page(result: JsonObject, bytes: number): string {
  const { domain, generation, waiting } = result;
  const streams = members(result.streams);
  const events = members(result.events);
  const log = members(result.log);
  const halted = Array.isArray(result.halted) ? result.halted.map(members) : [];
  const number = (value: unknown) => figure(Number(value));
  const views = Object.entries(members(result.views)).map(([name, kind]) => [name, members(kind)] as const);
  return [
    table([
      ["streams", "streams", "events"],
      ...Object.keys(streams).map((name) => [name, number(streams[name]), number(events[name])]),
    ]),
    table([["commands", ""], ...Object.entries(members(result.commands)).map(([name, n]) => [name, number(n)])]),
    table([
      ["views", "views", "bytes"],
      ...views.map(([name, kind]) => [name, number(kind.views), number(kind.bytes)]),
    ]),
    table([
      ["log", ""],
      ...Object.entries(log).map(([name, at]) => [name === "events" ? "its end" : name, number(at)]),
      ["waiting", number(waiting)],
      ["halted", number(halted.length)],
    ]),
    halted.map(({ group, stream, version, reason }) => `  ${group}: ${stream} at ${version}: ${reason}\n`).join(""),
    table([
      ["bytes on disk", number(bytes)],
      ["views", String(generation)],
      ["rules", String(domain)],
    ]),
  ]
    .filter((part) => part !== "")
    .join("\n");
}

/** Of all files in a folder; those that come and go meanwhile count or do not. */
async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  let bytes = 0;
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    bytes += (await stat(join(entry.parentPath, entry.name)).catch(() => ({ size: 0 }))).size;
  }
  return bytes;
}
