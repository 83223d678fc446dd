import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Clock } from "../../context/clock.ts";
import { type Person, personOf, readName } from "./person.ts";

export interface PeopleLimits {
  /** Most people on this machine. */
  readonly most: number;
  /** Most new ones at once, and how many more each second. */
  readonly burst: number;
  readonly perSecond: number;
}

export const peopleLimits: PeopleLimits = { most: 10_000, burst: 500, perSecond: 50 };

export type Welcome =
  | { readonly kind: "welcome"; readonly person: Person }
  | { readonly kind: "no_name" }
  /** There are as many people as there may be: those who are known still get in. */
  | { readonly kind: "full"; readonly most: number }
  /** Too many new ones at once. */
  | { readonly kind: "busy"; readonly seconds: number };

/** Who has signed up here: a name is a person, and the same name is the same person. */
export class People {
  readonly #clock: Clock;
  readonly #limits: PeopleLimits;
  readonly #find: StatementSync;
  readonly #add: StatementSync;
  readonly #latest: StatementSync;
  #count: number;
  #room: number;
  #filledAt: number;

  constructor(database: DatabaseSync, clock: Clock, limits: PeopleLimits) {
    database.exec(
      "CREATE TABLE IF NOT EXISTS person (id TEXT PRIMARY KEY, name TEXT NOT NULL, since INTEGER NOT NULL) STRICT",
    );
    this.#clock = clock;
    this.#limits = limits;
    this.#find = database.prepare("SELECT id, name FROM person WHERE id = ?");
    this.#add = database.prepare("INSERT INTO person (id, name, since) VALUES (?, ?, ?)");
    this.#latest = database.prepare("SELECT name FROM person ORDER BY since DESC, rowid DESC LIMIT ?");
    this.#count = Number(database.prepare("SELECT count(*) AS people FROM person").get()?.people);
    this.#room = limits.burst;
    this.#filledAt = clock.now();
  }

  get count(): number {
    return this.#count;
  }

  find(id: string): Person | undefined {
    const row = this.#find.get(id);
    return row && { id: String(row.id), name: String(row.name) };
  }

  /** The names of those who signed up last. */
  latest(most: number): readonly string[] {
    return this.#latest.all(most).map(({ name }) => String(name));
  }

  /** Lets somebody in under the name that they typed; who is new is added. */
  welcome(typed: string): Welcome {
    const name = readName(typed);
    if (name === undefined) return { kind: "no_name" };
    const person = personOf(name);
    if (this.find(person.id) !== undefined) return { kind: "welcome", person };
    if (this.#count >= this.#limits.most) return { kind: "full", most: this.#limits.most };
    if (!this.#admit()) return { kind: "busy", seconds: Math.ceil(1 / this.#limits.perSecond) };
    this.#add.run(person.id, person.name, this.#clock.now());
    this.#count += 1;
    return { kind: "welcome", person };
  }

  /** A bucket of `burst` places that fills up again by `perSecond`. */
  #admit(): boolean {
    const now = this.#clock.now();
    const { burst, perSecond } = this.#limits;
    this.#room = Math.min(burst, this.#room + (Math.max(0, now - this.#filledAt) / 1000) * perSecond);
    this.#filledAt = now;
    if (this.#room < 1) return false;
    this.#room -= 1;
    return true;
  }
}
