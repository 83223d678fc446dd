import { readdir, readFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

interface Node {
  readonly id: number;
  readonly children?: readonly number[];
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
}
interface Profile {
  readonly nodes: readonly Node[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

const shown = 30;
const root = resolve(import.meta.dirname, "../../..");

/**
 * Where the time of a profiled process's main thread went: by our own files, each with what it calls of Node, libraries and
 * the module; and the functions that took most of it by themselves.
 */
export async function hottest(folder: string): Promise<string> {
  const files = (await readdir(folder)).filter((name) => name.endsWith(".cpuprofile")).sort();
  const { nodes, samples, timeDeltas } = JSON.parse(
    await readFile(join(folder, files.at(-1) ?? ""), "utf8"),
  ) as Profile;
  const frames = new Map(nodes.map((node) => [node.id, node.callFrame]));
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)));
  const ownerOf = (id: number): string => {
    for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
      const place = placeOf(frames.get(at)?.url ?? "");
      if (place.startsWith("edge/")) return place;
    }
    const { functionName = "", url = "" } = frames.get(id) ?? {};
    return `none of ours: ${placeOf(url) || functionName}`;
  };
  const functions = new Map<string, number>();
  const owners = new Map<string, number>();
  const folders = new Map<string, number>();
  let busy = 0;
  for (const [index, id] of samples.entries()) {
    const frame = frames.get(id);
    if (frame === undefined || frame.functionName === "(idle)") continue;
    const ms = (timeDeltas[index] ?? 0) / 1_000;
    busy += ms;
    const owner = ownerOf(id);
    add(owners, owner, ms);
    add(folders, owner.startsWith("edge/") ? dirname(owner) : "none of ours", ms);
    add(functions, `${frame.functionName || "(anonymous)"} ${placeOf(frame.url)}:${frame.lineNumber + 1}`, ms);
  }
  const list = (of: ReadonlyMap<string, number>) =>
    [...of]
      .sort(([, a], [, b]) => b - a)
      .slice(0, shown)
      .map(([name, ms]) => `${((ms / busy) * 100).toFixed(1).padStart(6)} %  ${name}\n`)
      .join("");
  const tables = [
    ["By folder, with what it calls elsewhere", folders],
    ["By file", owners],
    ["By function, itself alone", functions],
  ] as const;
  return tables.map(([title, of]) => `\n${title}, of ${Math.round(busy)} ms:\n${list(of)}`).join("");
}

function add(sums: Map<string, number>, name: string, ms: number): void {
  sums.set(name, (sums.get(name) ?? 0) + ms);
}

function placeOf(url: string): string {
  return url.startsWith("file:") ? relative(root, fileURLToPath(url)) : url;
}
