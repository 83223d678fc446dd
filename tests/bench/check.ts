// Before anything is timed, all contenders must give equal answers.

import { ask } from "./ask.ts";
import { checkNativeView, checkNativeWalk } from "./checkNative.ts";
import type { Contender, Resident } from "./contender.ts";
import type { Native } from "./native.ts";
import type { Command, Event } from "./rivals/chat/contract.ts";
import { comparable, rules } from "./rules.ts";
import { logOf } from "./workload/log.ts";
import { type Step, walk, walkedStreams } from "./workload/walk.ts";
import { batchesOf, type DecideWork, decideWork, directoryLog, messagesLog, peopleLog } from "./workload.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Each step decided by its stream, which then moves on. */
const walked = async (contender: Contender, steps: readonly Step[]): Promise<string[]> => {
  const residents = new Map<string, Resident>();
  for (const stream of walkedStreams) residents.set(stream, await contender.fold(stream, new Uint8Array()));
  const verdicts = steps.map(({ stream, line, context }) => {
    const resident = residents.get(stream);
    if (resident === undefined) throw new Error(`no ${stream}`);
    const contextText = JSON.stringify(context);
    const text = resident.decideText(line, contextText);
    if (text.startsWith('{"accepted":false')) return comparable(text);
    // A batch of one is decided by the same state and then moves it on.
    const batch = decoder.decode(resident.decideBatch(encoder.encode(line), encoder.encode(contextText)));
    if (batch !== `${text}\n`) throw new Error(`${contender.name}: decideBatch says ${batch}, decideText ${text}`);
    return comparable(text);
  });
  for (const resident of residents.values()) resident.close?.();
  return verdicts;
};

/** The same through a library's own load, decide and append. */
const handled = async (contender: Contender, steps: readonly Step[]): Promise<string[] | undefined> => {
  const store = contender.openStore?.();
  if (store === undefined) return undefined;
  const verdicts: string[] = [];
  for (const { line, context } of steps)
    verdicts.push(comparable(JSON.stringify(await store.handle(JSON.parse(line) as Command, context))));
  return verdicts;
};

const decided = async (contender: Contender, { log, context, commands, batched }: DecideWork): Promise<string[]> => {
  const resident = await contender.fold(log.stream, log.bytes);
  const contextText = JSON.stringify(context);
  const contextBytes = encoder.encode(contextText);
  const answers = commands.flatMap((command) => {
    const text = JSON.stringify(command);
    return [
      resident.decideText(text, contextText),
      decoder.decode(resident.decideBytes(encoder.encode(text), contextBytes)),
      JSON.stringify(resident.decideObject(command, context)),
    ];
  });
  for (const batch of batchesOf(batched))
    answers.push(...decoder.decode(resident.decideBatch(batch, contextBytes)).trimEnd().split("\n"));
  const reached = resident.version;
  resident.close?.();
  return [...answers.map(comparable), `version ${reached}`];
};

const foldedObjects = async (contender: Contender, { log, context, commands }: DecideWork): Promise<string[]> => {
  const resident = await contender.foldObjects(log.stream, log.events);
  const contextText = JSON.stringify(context);
  const answers = commands.map((command) => comparable(resident.decideText(JSON.stringify(command), contextText)));
  resident.close?.();
  return answers;
};

/** Walks from one seed; answers how many verdicts, the codes they met, and the events that came of it. */
const checkWalk = async ({ contenders, domain, native }: Checked, seed: number) => {
  const steps = walk(seed, 2500);
  const [verdicts, judged] = await ask(`walk ${seed}`, contenders, (contender) => walked(contender, steps));
  // A store is behind the door, which lets only commands of the right shape in.
  const shaped = steps.filter((_, index) => judged[index] !== "malformed");
  const expected = judged.filter((verdict) => verdict !== "malformed");
  const asked = contenders.filter(({ openStore }) => openStore !== undefined);
  const [stored] = await ask(`store ${seed}`, asked, (contender) => handled(contender, shaped), expected);
  const events = expected.flatMap((text) =>
    text.startsWith("{") ? (JSON.parse(text) as { events: Event[] }).events : [],
  );
  return { verdicts: verdicts + stored + checkNativeWalk(native, domain, steps, judged), judged, events };
};

const checkViews = async ({ contenders, domain, native }: Checked, walkedEvents: readonly Event[]): Promise<number> => {
  const talk = messagesLog(domain, 1500);
  const walked = logOf("", walkedEvents);
  const many = [talk, directoryLog(domain, 5000), peopleLog(domain, 5000), walked];
  const ofGeneral = [
    talk,
    logOf(
      "",
      walkedEvents.filter(({ stream }) => stream === "channel-general"),
    ),
  ];
  const logsByKey = new Map([
    ["allchannels", many],
    ["allusers", many],
    ["channel/general", many],
    ["channel/c101-team", many],
    ["messages/general/*", ofGeneral],
  ]);
  let views = 0;
  for (const [key, logs] of logsByKey)
    for (const [index, { bytes }] of logs.entries()) {
      const [count, [view = ""]] = await ask(`view ${key} of log ${index}`, contenders, async (contender) =>
        contender.project === undefined ? undefined : [decoder.decode(await contender.project(key, bytes))],
      );
      views += count;
      const pages = key.endsWith("/*") ? view.split("\n", 1) : [view];
      for (const page of pages)
        if (page !== "") views += checkNativeView(native, domain, key.replace("*", "1"), bytes, page);
    }
  return views;
};

type Checked = { readonly contenders: readonly Contender[]; readonly domain: string; readonly native: Native };

/** Throws on the first difference; answers a sentence that says how much was compared. */
export const check = async (checked: Checked): Promise<string> => {
  const { contenders, domain, native } = checked;
  const walks = [];
  for (const seed of [11, 12, 13, 14]) walks.push(await checkWalk(checked, seed));
  const met = new Set(walks.flatMap(({ judged }) => judged));
  for (const rule of rules) if (!met.has(rule)) throw new Error(`the walks never met ${rule}: they prove too little`);

  const work = decideWork(domain, 3000);
  const [decisions] = await ask("decide", contenders, (contender) => decided(contender, work));
  const [folded] = await ask("fold objects", contenders, (contender) => foldedObjects(contender, work));
  const views = await checkViews(checked, walks[0]?.events ?? []);
  const verdicts = walks.reduce((sum, walk) => sum + walk.verdicts, decisions + folded);
  const names = [...contenders.map(({ name }) => name), ...(native.isThere ? ["native"] : [])];
  return `${names.join(", ")} agree: ${verdicts} verdicts, ${views} views`;
};
