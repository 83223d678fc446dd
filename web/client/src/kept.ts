import { Database } from "./database.ts";
import { OutboxFull } from "./types.ts";

/** A command in the outbox: its text is what is sent, each time the same. Their order is that of their ids. */
export interface Entry {
  readonly id: string;
  readonly stream: string;
  readonly text: string;
  /** When it was made, in ms since 1970. */
  readonly at: number;
}

/** A no that the person has not dealt with yet. */
export interface KeptRejection {
  readonly id: string;
  readonly entry: Entry;
  readonly code: string;
  readonly message: string;
  readonly params?: { readonly [name: string]: string | number };
  readonly by: "here" | "server";
  readonly since: number;
}

export interface KeptView {
  readonly bytes: Uint8Array;
  readonly etag: string;
  /** When it was stored here. */
  readonly at: number;
}

export interface KeptSnapshot {
  readonly domain: string;
  readonly version: number;
  readonly bytes: Uint8Array;
}

/** More views are not kept: the oldest go. */
const mostViews = 500;

/** What one person has on this device: their outbox, and what lets the app open offline. Works without a database, too. */
export class Kept {
  #db: Database | undefined;
  /** What is wrong, in words. */
  trouble: string | undefined;
  readonly #onTrouble: () => void;

  private constructor(onTrouble: () => void) {
    this.#onTrouble = onTrouble;
  }

  static async open(name: string, onTrouble: () => void): Promise<Kept> {
    const kept = new Kept(onTrouble);
    try {
      kept.#db = await Database.open(name, stores, () =>
        kept.#fail("What was kept on this device is gone or of another version: reload this page."),
      );
    } catch (error) {
      kept.#fail(`Nothing can be kept on this device (${messageOf(error)}): what waits is lost with this page.`);
    }
    return kept;
  }

  close(): void {
    this.#db?.close();
    this.#db = undefined;
  }

  /** @throws OutboxFull where there is no room. Any other trouble is told, and the entry lives as long as the page. */
  async put(entry: Entry): Promise<void> {
    try {
      await this.#db?.write(["outbox"], (store) => store("outbox").put(entry, entry.id), "strict");
    } catch (error) {
      if (isFull(error)) throw new OutboxFull("There is no room left on this device: the command was not kept.");
      this.#fail(`What waits cannot be kept on this device (${messageOf(error)}): it is lost with this page.`);
    }
  }

  /** The command has its answer, or was taken back; a no takes its place. */
  end(id: string, rejection?: KeptRejection): Promise<void> {
    return this.#quietly(["outbox", "rejected"], (store) => {
      store("outbox").delete(id);
      if (rejection !== undefined) store("rejected").put(rejection, id);
    });
  }

  dismiss(id: string): Promise<void> {
    return this.#quietly(["rejected"], (store) => store("rejected").delete(id));
  }

  outbox(): Promise<readonly Entry[]> {
    return this.#all("outbox");
  }

  rejected(): Promise<readonly KeptRejection[]> {
    return this.#all("rejected");
  }

  view(key: string): Promise<KeptView | undefined> {
    return this.#get("views", key);
  }

  async keepView(key: string, view: KeptView | undefined): Promise<void> {
    await this.#quietly(["views"], (store) =>
      view === undefined ? store("views").delete(key) : store("views").put(view, key),
    );
    const count = (await this.#ask<number>("views", (store) => store.count())) ?? 0;
    if (count <= mostViews) return;
    const oldest = (store: IDBObjectStore) => store.index("at").getAllKeys(null, count - mostViews);
    const keys = (await this.#ask<IDBValidKey[]>("views", oldest)) ?? [];
    await this.#quietly(["views"], (store) => keys.map((each) => store("views").delete(each)));
  }

  snapshot(stream: string): Promise<KeptSnapshot | undefined> {
    return this.#get("snapshots", stream);
  }

  keepSnapshot(stream: string, snapshot: KeptSnapshot | undefined): Promise<void> {
    return this.#quietly(["snapshots"], (store) =>
      snapshot === undefined ? store("snapshots").delete(stream) : store("snapshots").put(snapshot, stream),
    );
  }

  async #all<T>(name: string): Promise<readonly T[]> {
    return (await this.#ask<T[]>(name, (store) => store.getAll())) ?? [];
  }

  #get<T>(name: string, key: string): Promise<T | undefined> {
    return this.#ask<T | undefined>(name, (store) => store.get(key));
  }

  async #ask<T>(name: string, ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T | undefined> {
    return this.#db?.read(name, ask).catch((error) => this.#lost(error));
  }

  /** What can be done without: where there is no room, it is not kept, and that is all. */
  async #quietly(names: readonly string[], work: Parameters<Database["write"]>[1]): Promise<void> {
    await this.#db?.write(names, work).catch((error) => isFull(error) || this.#lost(error));
  }

  #lost(error: unknown): undefined {
    if (this.#db !== undefined) this.#fail(`What is kept on this device cannot be used: ${messageOf(error)}`);
  }

  #fail(words: string): void {
    this.close();
    this.trouble = words;
    this.#onTrouble();
  }
}

/** With what each is found by, beside its key. */
const stores = { outbox: [], rejected: [], views: ["at"], snapshots: [] } as const;

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
const isFull = (error: unknown) => (error as { readonly name?: unknown } | undefined)?.name === "QuotaExceededError";
