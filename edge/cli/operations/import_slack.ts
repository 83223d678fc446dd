import type { Stack } from "../../local/stack.ts";
import type { Refusal } from "../../outcome/refusal.ts";
import { Pipeline } from "../importing/pipeline.ts";
import { Tally } from "../importing/tally.ts";
import { intoViews } from "../into_views.ts";
import type { JsonObject, Progress } from "../operation.ts";
import { textOption } from "../options.ts";
import { type Archive, EntryUnreadable, openArchive } from "../slack/archive.ts";
import { ChannelScript } from "../slack/channel_script.ts";
import { channelsOf, type Days, daysOf, usersOf } from "../slack/contents.ts";
import { readMessage } from "../slack/message.ts";
import { Directory, type FromArchive, registration } from "../slack/script.ts";
import type { SlackChannel, SlackUser } from "../slack/workspace.ts";
import { countEvents, streamHeads } from "../stored.ts";

type Send = Pipeline<FromArchive>;

/** What all steps of an import work with. */
interface Work {
  readonly archive: Archive;
  readonly tally: Tally;
  readonly directory: Directory;
  /** A new line of commands, each answered before `finish` resolves. */
  readonly pipeline: (refused?: (command: FromArchive, refusal: Refusal) => boolean) => Send;
}

/**
 * Imports the archive that Slack's export makes, or ours, through the commands path: option `archive`, its path. Items are
 * `{leftOut}`.
 */
export async function* importSlack(
  stack: Stack,
  options: JsonObject,
  signal: AbortSignal,
): AsyncGenerator<Progress, JsonObject, undefined> {
  const path = textOption(options, "archive");
  const archive = await openArchive(path);
  try {
    const tally = new Tally();
    const channels = await channelsOf(archive, path, tally);
    const users = await usersOf(archive, path, tally);
    const days = daysOf(archive, channels, tally);
    const before = countEvents(await streamHeads(stack.store));
    const directory = new Directory();
    const pipeline: Work["pipeline"] = (handles = () => false) =>
      new Pipeline<FromArchive>(stack, signal, (command, refusal) => {
        if (!handles(command, refusal)) leaveOut(tally, command, refusal);
      });
    const work = { archive, tally, directory, pipeline };
    await register(work, users, beginning(channels));
    let done = 0;
    const total = days.reduce((sum, { files }) => sum + files.length, 0);
    for (const channel of days) {
      for await (const _ of importChannel(work, channel)) {
        done += 1;
        yield { kind: "step", step: "importing", done, total, unit: "days" };
        yield* tally.news();
      }
    }
    yield* tally.news(true);
    yield* intoViews(stack, signal);
    return { ...tally.result, events: countEvents(await streamHeads(stack.store)) - before };
  } finally {
    archive.close();
  }
}

/** When the first channel was made: an archive says of nobody since when they are there. 0 where it has no channel. */
function beginning(channels: readonly SlackChannel[]): number {
  return channels.reduce((first, { createdAt }) => Math.min(first, createdAt), channels[0]?.createdAt ?? 0);
}

/** An address that is none is left out, not the person who has it. */
async function register({ tally, directory, pipeline }: Work, users: readonly SlackUser[], at: number): Promise<void> {
  const byCommand = new Map<string, SlackUser>();
  const without: SlackUser[] = [];
  const first = pipeline((command, { code }) => {
    const user = byCommand.get(command.id);
    if (code === "email_invalid" && user !== undefined) without.push({ ...user, email: undefined });
    return false;
  });
  for (const user of users) {
    directory.add(user.id, user.name);
    tally.next();
    const command = registration(user, at, tally, { file: "users.json" });
    byCommand.set(command.id, user);
    await first.send(command);
  }
  await first.finish();
  const second = pipeline();
  for (const user of without) await second.send(registration(user, at, tally, { file: "users.json" }));
  await second.finish();
}

/** Yields after each day. */
async function* importChannel(work: Work, { channel, files }: Days): AsyncGenerator<void> {
  const { archive, tally, directory, pipeline } = work;
  const script = new ChannelScript(channel, directory, tally);
  if (!(await opens(work, script, channel))) return;
  const commands = pipeline();
  for (const command of script.describing()) await commands.send(command);
  for (const file of files) {
    for (const [index, value] of (await messagesIn(archive, file, tally)).entries()) {
      tally.next();
      const where = { file, line: index + 1 };
      const message = readMessage(value);
      if ("code" in message) tally.leaveOut({ ...where, ...message });
      else for (const command of script.message(message, where)) await commands.send(command);
    }
    yield;
  }
  for (const command of script.closing()) await commands.send(command);
  await commands.finish();
  for (const command of script.archiving()) await commands.send(command);
  await commands.finish();
}

/** Makes the channel. One that is there already is gone on with; one that may not be is left out with all its messages. */
async function opens({ tally, pipeline }: Work, script: ChannelScript, { name }: SlackChannel): Promise<boolean> {
  let open = true;
  const opening = pipeline((command, refusal) => {
    if (refusal.code === "channel_already_exists") return true;
    open = false;
    leaveOut(tally, { ...command, where: { file: `#${name}` } }, refusal);
    return true;
  });
  await opening.send(script.opening());
  await opening.finish();
  return open;
}

async function messagesIn(archive: Archive, file: string, tally: Tally): Promise<readonly unknown[]> {
  const unreadable = (message: string) => {
    tally.leaveOut({ file, code: "entry_unreadable", message });
    return [];
  };
  try {
    const day = await archive.json(file);
    return Array.isArray(day) ? day : unreadable("It is no list of messages.");
  } catch (error) {
    if (error instanceof EntryUnreadable) return unreadable(error.message);
    throw error;
  }
}

function leaveOut(tally: Tally, { type, part, where, replaced }: FromArchive, { code, message }: Refusal): void {
  if (code === "user_already_registered") return; // as it should be
  if (code === "message_id_taken" && replaced && type === "send_message") return; // it is there, from before its edits
  tally.leaveOut({ ...where, command: type, code, message }, part);
}
