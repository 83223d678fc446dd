// The system's packages, through apt, and only those that are missing.
import { spawnSync } from "node:child_process";

export const packages = [
  "g++",
  "cmake",
  "ninja-build",
  "emscripten",
  "catch2",
  "nlohmann-json3-dev",
  "chromium",
  "clang",
  "libclang-rt-14-dev", // the sanitizers' and libFuzzer's run-time
  "clang-format",
];

/** Of `wanted`, those that dpkg-query's lines, `<package> <status>`, do not list as installed. */
export function missing(wanted, listing) {
  const installed = new Set(listing.split("\n").flatMap((line) => /^(\S+) installed$/.exec(line)?.[1] ?? []));
  return wanted.filter((name) => !installed.has(name));
}

const succeeds = (command, ...args) => spawnSync(command, args, { stdio: "ignore" }).status === 0;

/** Answers undefined when nothing is to do, `{command}` to run, or `{advice}` to show to a person who may not run it. */
export function systemPackages() {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: these are dpkg-query's own placeholders
  const format = "${Package} ${db:Status-Status}\n";
  const query = spawnSync("dpkg-query", ["-W", `-f=${format}`, ...packages], { encoding: "utf8" });
  if (query.error) return { advice: `This needs Debian 12 (or one like it) with: ${packages.join(" ")}` };
  const wanted = missing(packages, query.stdout);
  if (wanted.length === 0) return undefined;
  const install = (sudo) =>
    `${sudo}apt-get update -q && ${sudo}env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends ${wanted.join(" ")}`;
  if (process.getuid?.() === 0) return { command: install("") };
  if (succeeds("sudo", "-n", "true")) return { command: install("sudo -n ") };
  return { advice: `System packages are missing. Run this once:\n\n  ${install("sudo ")}\n` };
}
