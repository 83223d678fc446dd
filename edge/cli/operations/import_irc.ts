import type { Stack } from "../../local/stack.ts";
import type { Refusal } from "../../outcome/refusal.ts";
import type { ImportedCommand } from "../importing/command.ts";
import { Pipeline } from "../importing/pipeline.ts";
import { type Part, Tally } from "../importing/tally.ts";
import { intoViews } from "../into_views.ts";
import { type Span, Times } from "../irc/day.ts";
import { readLine } from "../irc/line.ts";
import { type LogFile, linesOfFile, logFiles, longestLine, survey } from "../irc/log.ts";
import { counted, importer, type Placed, Script } from "../irc/script.ts";
import { type JsonObject, OperationFailed, type Progress } from "../operation.ts";
import { optionalText, textOption } from "../options.ts";
import { countEvents, streamHeads } from "../stored.ts";

/** A command of a line; the last one of a line is what it is about. */
interface FromLine extends ImportedCommand {
  readonly placed: Placed;
  readonly text: string;
  readonly part: Part;
}

type Surveyed = LogFile & Span & { readonly lines: number };

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const lossy = new TextDecoder();
/** Characters of a line that are told with why it was left out. */
const longestShown = 1_000;
/** Lines between two words of progress. */
const stride = 100;

/**
 * Imports the log of an IRC channel, a file a day, through the commands path: options `folder`, `channel`, and `owner`,
 * the user id that opens the channel. Items are `{leftOut}`.
 */
export async function* importIrc(
  stack: Stack,
  options: JsonObject,
  signal: AbortSignal,
): AsyncGenerator<Progress, JsonObject, undefined> {
  const channel = textOption(options, "channel");
  const tally = new Tally();
  const { files, strays } = await logFiles(textOption(options, "folder"));
  for (const stray of strays) tally.leaveOut({ ...stray, code: "file_unknown" });
  const surveyed: Surveyed[] = [];
  for (const file of files) surveyed.push({ ...file, ...(await survey(file)) });
  const total = surveyed.reduce((sum, { lines }) => sum + lines, 0);
  const before = countEvents(await streamHeads(stack.store));
  const script = new Script(channel, optionalText(options, "owner") ?? importer);
  await open(stack, script, signal, surveyed[0] as Surveyed);

  const pipeline = new Pipeline<FromLine>(stack, signal, (command, refusal) => refused(tally, command, refusal));
  let done = 0;
  for (const file of surveyed) {
    const times = new Times(file.day, file);
    let number = 0;
    for await (const bytes of linesOfFile(file)) {
      number += 1;
      done += 1;
      tally.next();
      const commands = lineCommands(script, times, tally, { ...file, number, bytes });
      for (const command of commands) await pipeline.send(command);
      if (done % stride === 0) {
        yield { kind: "step", step: "importing", done, total, unit: "lines" };
        yield* tally.news();
      }
    }
  }
  await pipeline.finish();
  yield { kind: "step", step: "importing", done: total, total, unit: "lines" };
  yield* tally.news(true);
  yield* intoViews(stack, signal);
  const events = countEvents(await streamHeads(stack.store)) - before;
  const people = script.people;
  return { stream: script.stream, files: files.length, lines: total, ...tally.result, people, events };
}

/** The channel has to be there, or nothing else makes sense. One that is there already is gone on with. */
async function open(stack: Stack, script: Script, signal: AbortSignal, { day, ...span }: Surveyed): Promise<void> {
  const { register, create } = script.opening(new Times(day, span).at(undefined));
  const pipeline = new Pipeline(stack, signal, (command, refusal) => {
    const isThere = refusal.code === "user_already_registered" || refusal.code === "channel_already_exists";
    if (command.id === create.id && !isThere)
      throw new OperationFailed("usage", `${refusal.message} (${refusal.code})`);
  });
  await pipeline.send(create);
  await pipeline.finish();
  await pipeline.send(register);
  await pipeline.finish();
}

interface Numbered {
  readonly name: string;
  readonly day: string;
  readonly number: number;
  readonly bytes: Uint8Array | undefined;
}

function lineCommands(script: Script, times: Times, tally: Tally, numbered: Numbered): readonly FromLine[] {
  const { name, day, number, bytes } = numbered;
  const leaveOut = (code: string, message: string, text = lossy.decode(bytes)) => {
    tally.leaveOut({ file: name, line: number, code, message, text: text.slice(0, longestShown) });
    return [];
  };
  if (bytes === undefined) return leaveOut("line_too_long", `The line has more than ${longestLine} bytes.`, "");
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    return leaveOut("not_utf8", "The line is not UTF-8.");
  }
  if (number === 1 && text.startsWith("\uFEFF")) text = text.slice(1);
  if (text.endsWith("\r")) text = text.slice(0, -1);
  if (text === "") {
    tally.use("blank");
    return [];
  }
  const line = readLine(text);
  if (line === undefined) return leaveOut("form_unknown", "The line has none of the known forms.");
  if (line.kind === "remark" && !script.isThere(line.nick, day)) {
    return leaveOut(
      "nick_unseen",
      `It reads as an action of ${line.nick}, who was not seen in the channel that day before.`,
    );
  }
  const placed = { file: name, day, number, at: times.at("minute" in line ? line.minute : undefined) };
  const kind = counted[line.kind];
  tally.use(kind);
  const commands = script.commands(line, placed);
  const about = commands.at(-1);
  const part = { order: tally.order };
  return commands.map((command) => {
    return { ...command, placed, text, part: command === about ? { ...part, counted: kind } : part };
  });
}

function refused(tally: Tally, command: FromLine, { code, message }: Refusal): void {
  if (code === "user_already_registered") return; // as it should be
  const { placed, text, type, part } = command;
  tally.leaveOut(
    { file: placed.file, line: placed.number, command: type, code, message, text: text.slice(0, longestShown) },
    part,
  );
}
