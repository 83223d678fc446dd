import { type ImportedCommand, importedCommand } from "../importing/command.ts";
import type { Part, Tally } from "../importing/tally.ts";
import type { SlackUser } from "./workspace.ts";

/** A place in an archive: a file, and in it the number of a message, from 1. */
export interface Place {
  readonly file: string;
  readonly line?: number;
}

/** A command, and where in the archive that stands for which it is. */
export interface FromArchive extends ImportedCommand {
  readonly where: Place;
  readonly part: Part;
  /** It sends what was edited since: a message that is there already has the first text, and is edited by what follows. */
  readonly replaced?: boolean;
}

/** The people of an archive, by id: what they are called, as far as it says. */
export class Directory {
  readonly #names = new Map<string, string>();

  add(id: string, name: string): void {
    this.#names.set(id, name);
  }
  has(id: string): boolean {
    return this.#names.has(id);
  }
  readonly nameOf = (id: string): string | undefined => this.#names.get(id);
}

/** Somebody registers; `at` where the archive does not say when. */
export function registration(user: SlackUser, at: number, tally: Tally, where: Place): FromArchive {
  const { id, name, email } = user;
  const command = importedCommand({
    ...{ type: "register_user", stream: `user-${id}`, actor: id, at: user.registeredAt ?? at, place: "register" },
    data: { name, ...(email !== undefined && { email }) },
  });
  tally.use("users");
  return { ...command, where, part: { order: tally.order, counted: "users" } };
}
