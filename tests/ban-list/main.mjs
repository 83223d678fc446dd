// `npm run ban-list`: what differs between compilers and platforms stays out of the kernel and the contexts. It looks at
// text, not at meaning: what it finds and is right all the same stands in allow.txt with its reason.
import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { codeOf } from "./code.mjs";
import { rules } from "./rules.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** Beside the core: for C++ users and tests, never in the module. */
const beside = /^domain\/(?:json|program|cmake)\//;

/** `{path, rule, text, reason}` a line of allow.txt: `path | rule | part of the line | reason`. */
function readAllowed() {
  const lines = readFileSync(new URL("allow.txt", import.meta.url), "utf8").split("\n");
  return lines.flatMap((line, index) => {
    if (line.trim() === "" || line.startsWith("#")) return [];
    const [path, rule, text, reason] = line.split(" | ").map((part) => part.trim());
    if (!reason) throw new Error(`allow.txt:${index + 1} lacks its reason: path | rule | part of the line | reason`);
    return [{ path, rule, text, reason, used: false }];
  });
}

/** Each rule on its own samples. */
function triedRules() {
  const sentences = rules.flatMap((rule) => [
    ...rule.bad
      .filter((sample) => rule.find(codeOf(sample)).length === 0)
      .map((sample) => `${rule.name} misses: ${sample}`),
    ...rule.fine
      .filter((sample) => rule.find(codeOf(sample)).length > 0)
      .map((sample) => `${rule.name} wrongly finds: ${sample}`),
  ]);
  return { sentences, tried: rules.reduce((sum, rule) => sum + rule.bad.length + rule.fine.length, 0) };
}

/** What is wrong in one file. */
function faultsIn(path, allowed) {
  const text = readFileSync(`${root}/${path}`, "utf8");
  const lines = text.split("\n");
  const code = codeOf(text);
  return rules.flatMap((rule) =>
    rule.find(code).flatMap((number) => {
      const line = lines[number - 1] ?? "";
      const allow = allowed.find((each) => each.path === path && each.rule === rule.name && line.includes(each.text));
      if (allow) allow.used = true;
      return allow ? [] : [`${path}:${number}: ${rule.name}: ${line.trim()}\n    ${rule.why}`];
    }),
  );
}

const allowed = readAllowed();
const { sentences, tried } = triedRules();
const files = globSync("domain/**/*.{hpp,cpp}", { cwd: root }).filter((path) => !beside.test(path));
const faulty = files
  .sort()
  .map((path) => faultsIn(path, allowed))
  .filter((faults) => faults.length > 0);
const needless = allowed
  .filter((each) => !each.used)
  .map((each) => `allow.txt: nothing is found any more at ${each.path} | ${each.rule} | ${each.text}`);
for (const sentence of [...sentences, ...faulty.flat(), ...needless]) console.log(`✗ ${sentence}`);
if (files.length === 0) console.log("✗ there is no file to look at");

const failed = sentences.length + faulty.length + needless.length + (files.length === 0 ? 1 : 0);
console.log(`${files.length} files, ${rules.length} rules on ${tried} samples, ${allowed.length} allowed`);
console.log(`${files.length - faulty.length + tried - sentences.length} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
