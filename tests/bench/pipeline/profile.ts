import { readdir, readFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

interface Node {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
}
interface Profile {
  readonly nodes: readonly Node[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

const shown = 40;
const root = resolve(import.meta.dirname, "../../..");

/** Where the time of a profiled process went: by part, and the functions that took most of it by themselves. */
export async function hottest(folder: string): Promise<string> {
  const files = (await readdir(folder)).filter((name) => name.endsWith(".cpuprofile")).sort();
  const profile = JSON.parse(await readFile(join(folder, files.at(-1) ?? ""), "utf8")) as Profile;
  const nodes = new Map(profile.nodes.map((node) => [node.id, node.callFrame]));
  const functions = new Map<string, number>();
  const parts = new Map<string, number>();
  let busy = 0;
  for (const [index, id] of profile.samples.entries()) {
    const frame = nodes.get(id);
    const ms = (profile.timeDeltas[index] ?? 0) / 1_000;
    if (frame === undefined || frame.functionName === "(idle)") continue;
    busy += ms;
    const place = placeOf(frame.url);
    add(functions, `${frame.functionName || "(anonymous)"} ${place}:${frame.lineNumber + 1}`, ms);
    add(parts, partOf(place, frame.functionName), ms);
  }
  const list = (of: ReadonlyMap<string, number>, most: number) =>
    [...of]
      .sort(([, a], [, b]) => b - a)
      .slice(0, most)
      .map(([name, ms]) => `${((ms / busy) * 100).toFixed(1).padStart(6)} %  ${name}\n`)
      .join("");
  return `\nBusy for ${Math.round(busy)} ms. By part:\n${list(parts, shown)}\nBy function, itself alone:\n${list(functions, shown)}`;
}

function add(sums: Map<string, number>, name: string, ms: number): void {
  sums.set(name, (sums.get(name) ?? 0) + ms);
}

function placeOf(url: string): string {
  return url.startsWith("file:") ? relative(root, fileURLToPath(url)) : url;
}

function partOf(place: string, name: string): string {
  const [, inEdge] = /^(edge\/[^/]+(?:\/[^/.]+(?=\/))?)/.exec(place) ?? [];
  if (inEdge !== undefined) return inEdge;
  const [, library] = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(place) ?? [];
  if (library !== undefined) return library;
  if (place.startsWith("wasm")) return place.startsWith("wasm:") ? "the module" : "wasm facade";
  const [, own] = /^node:(?:internal\/)?([^/]+)/.exec(place) ?? [];
  return own === undefined ? name || place || "native" : `node:${own}`;
}
