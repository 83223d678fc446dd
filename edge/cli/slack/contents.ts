import type { Tally } from "../importing/tally.ts";
import { OperationFailed } from "../operation.ts";
import { type Archive, EntryUnreadable } from "./archive.ts";
import { readChannel, readUser, type SlackChannel, type SlackUser } from "./workspace.ts";

/** A channel and the files with its messages, a day each, in order. */
export interface Days {
  readonly channel: SlackChannel;
  readonly files: readonly string[];
}

/**
 * The channels of an archive: the archived ones first, so that the names that they have given back can be taken.
 *
 * @throws OperationFailed `usage` where the archive is no export of Slack.
 */
export async function channelsOf(archive: Archive, path: string, tally: Tally): Promise<readonly SlackChannel[]> {
  const file = `${prefixOf(archive)}channels.json`;
  const ids = new Set<string>();
  const folders = new Set<string>();
  const channels: SlackChannel[] = [];
  for (const [index, value] of (await listIn(archive, file, path)).entries()) {
    const channel = readChannel(value);
    const twice = channel !== undefined && (ids.has(channel.id) || folders.has(channel.folder));
    if (channel === undefined || twice) {
      const message = twice
        ? `Another channel has its id or its folder: ${channel.id}, ${channel.folder}.`
        : "It is no channel: it needs an id, a name, and when it was created.";
      tally.leaveOut({ file, line: index + 1, code: "channel_malformed", message });
    } else {
      ids.add(channel.id);
      folders.add(channel.folder);
      channels.push(channel);
    }
  }
  return channels.sort((a, b) => Number(b.archived) - Number(a.archived) || a.createdAt - b.createdAt);
}

/** The people of an archive. Throws as `channelsOf` does. */
export async function usersOf(archive: Archive, path: string, tally: Tally): Promise<readonly SlackUser[]> {
  const file = `${prefixOf(archive)}users.json`;
  const users: SlackUser[] = [];
  for (const [index, value] of (await listIn(archive, file, path)).entries()) {
    const user = readUser(value);
    if (user !== undefined) users.push(user);
    else tally.leaveOut({ file, line: index + 1, code: "user_malformed", message: "It is no user: it has no id." });
  }
  return users;
}

/** The files of each channel. What belongs to none is left out: the conversations that were private above all. */
export function daysOf(archive: Archive, channels: readonly SlackChannel[], tally: Tally): readonly Days[] {
  const prefix = prefixOf(archive);
  const files = new Map(channels.map(({ folder }) => [folder, [] as string[]]));
  const strays = new Map<string, number>();
  for (const name of archive.names) {
    const [, folder = "", file = ""] = name.startsWith(prefix)
      ? (/^([^/]*)\/(.*)$/.exec(name.slice(prefix.length)) ?? [])
      : [];
    const days = /^\d{4}-\d\d-\d\d\.json$/.test(file) ? files.get(folder) : undefined;
    if (days !== undefined) days.push(name);
    else if (!["channels.json", "users.json"].includes(name.slice(prefix.length))) {
      const stray = file === "" || files.has(folder) ? name : `${prefix}${folder}/`;
      strays.set(stray, (strays.get(stray) ?? 0) + 1);
    }
  }
  for (const [file, count] of strays) tally.leaveOut({ file, code: "entry_unknown", message: whyStray(file, count) });
  return channels.map((channel) => ({ channel, files: files.get(channel.folder) ?? [] }));
}

function whyStray(file: string, count: number): string {
  if (/(?:^|\/)(?:groups|dms|mpims)\.json$/.test(file))
    return "Private conversations are left out: nothing is private here.";
  if (!file.endsWith("/")) return "It is none of the files that are taken.";
  return `It is the folder of no public channel. It has ${count} ${count === 1 ? "file" : "files"}.`;
}

/** Some pack the folder that has everything. */
function prefixOf({ names }: Archive): string {
  if (names.includes("channels.json")) return "";
  const inside = names.filter((name) => /^[^/]+\/channels\.json$/.test(name));
  const [only = ""] = inside.length === 1 ? inside : [];
  return only.slice(0, only.length - "channels.json".length);
}

async function listIn(archive: Archive, file: string, path: string): Promise<readonly unknown[]> {
  const unfit = (why: string) => new OperationFailed("usage", `${path} is no export of Slack: ${file}: ${why}`);
  let value: unknown;
  try {
    value = await archive.json(file);
  } catch (error) {
    if (error instanceof EntryUnreadable) throw unfit(error.message);
    throw error;
  }
  if (Array.isArray(value)) return value;
  throw unfit("It is no list.");
}
