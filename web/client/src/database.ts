/** A database that does not open within this time (ms) is held by another page, or broken. */
const patienceMs = 5_000;

type Write = (store: (name: string) => IDBObjectStore) => unknown;

/** As much of IndexedDB as is needed here, with promises. */
export class Database {
  readonly #db: IDBDatabase;

  private constructor(db: IDBDatabase) {
    this.#db = db;
  }

  /** Opens it; `stores` are made the first time, each with its indexes. `onGone`: it cannot be used any more. */
  static open(
    name: string,
    stores: { readonly [name: string]: readonly string[] },
    onGone: () => void,
  ): Promise<Database> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error("it does not open")), patienceMs);
      const opening = indexedDB.open(name, 1);
      opening.onupgradeneeded = () => {
        for (const [store, indexes] of Object.entries(stores)) {
          const made = opening.result.createObjectStore(store);
          for (const index of indexes) made.createIndex(index, index);
        }
      };
      opening.onerror = () => {
        clearTimeout(late);
        reject(opening.error);
      };
      opening.onsuccess = () => {
        clearTimeout(late);
        const db = opening.result;
        // A newer page wants to change it, or the person has removed it.
        db.onversionchange = db.onclose = onGone;
        resolve(new Database(db));
      };
    });
  }

  /** Resolves when all of it is stored, or rejects and none of it is. `strict`: also if the power fails then. */
  async write(names: readonly string[], work: Write, durability: IDBTransactionDurability = "default"): Promise<void> {
    const writing = this.#db.transaction([...names], "readwrite", { durability });
    const stored = new Promise<void>((resolve, reject) => {
      writing.oncomplete = () => resolve();
      writing.onabort = () => reject(writing.error);
    });
    // Where the work itself throws, nobody waits for the rest.
    stored.catch(() => {});
    work((name) => writing.objectStore(name));
    // At once: a page that is going away hears of nothing any more.
    writing.commit?.();
    return stored;
  }

  async read<T>(name: string, ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    const asked = ask(this.#db.transaction(name).objectStore(name));
    return new Promise((resolve, reject) => {
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });
  }

  close(): void {
    this.#db.close();
  }
}
