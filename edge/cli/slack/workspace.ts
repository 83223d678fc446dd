import { fields, moment, text, texts, timestamp } from "./fields.ts";

/**
 * What only our own archives say, beside what Slack's say, under the key "crowbar": so that what is exported comes back as
 * it was. Slack's have no milliseconds, no first text of what was edited, no answer to an answer.
 */
export const ownKey = "crowbar";

export interface SlackUser {
  readonly id: string;
  readonly name: string;
  readonly email: string | undefined;
  readonly registeredAt: number | undefined;
}

export interface SlackChannel {
  readonly id: string;
  readonly name: string;
  /** Where its messages are. */
  readonly folder: string;
  readonly createdAt: number;
  readonly creator: string | undefined;
  readonly archived: boolean;
  readonly purpose: string;
  readonly members: readonly string[];
  /** Was it exported by us? Then everybody who is registered is among the users. */
  readonly own: boolean;
}

/** Undefined where it is no user. */
export function readUser(value: unknown): SlackUser | undefined {
  const user = fields(value);
  const id = text(user.id);
  if (id === undefined) return undefined;
  return {
    id,
    name: nameIn(user) ?? id,
    email: text(fields(user.profile).email),
    registeredAt: moment(fields(user[ownKey]).registeredAt),
  };
}

/** What somebody is called, in a user or in what a message says of its user or bot. */
export function nameIn(value: unknown): string | undefined {
  const user = fields(value);
  const profile = fields(user.profile);
  const names = [profile.display_name, user.display_name, profile.real_name, user.real_name, user.name];
  return names.map(text).find((name) => name !== undefined);
}

/** Undefined where it is no channel. */
export function readChannel(value: unknown): SlackChannel | undefined {
  const channel = fields(value);
  const own = fields(channel[ownKey]);
  const id = text(channel.id);
  const name = text(channel.name);
  const createdAt = moment(own.createdAt) ?? timestamp(channel.created);
  if (id === undefined || name === undefined || createdAt === undefined) return undefined;
  return {
    ...{ id, name, createdAt },
    folder: text(own.folder) ?? name,
    creator: text(channel.creator),
    archived: channel.is_archived === true,
    purpose: text(fields(channel.purpose).value) ?? "",
    members: texts(channel.members),
    own: channel[ownKey] !== undefined,
  };
}
