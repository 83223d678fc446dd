import { open } from "node:fs/promises";

interface Syncing {
  readonly running: Promise<void>;
  /** What comes after it, for those who came while it was running: it may not see what they did. */
  next?: Promise<void>;
}

/** Makes the names in a folder durable (fsync); many who ask at once share one. */
export class FolderSync {
  readonly #folders = new Map<string, Syncing>();
  readonly #fsync: (folder: string) => Promise<void>;

  constructor(fsync = synced) {
    this.#fsync = fsync;
  }

  /** Resolves when every name that the folder has by now is durable. Throws the file system's error. */
  sync(folder: string): Promise<void> {
    const syncing = this.#folders.get(folder);
    if (syncing === undefined) return this.#start(folder);
    syncing.next ??= syncing.running.then(
      () => this.#start(folder),
      () => this.#start(folder),
    );
    return syncing.next;
  }

  #start(folder: string): Promise<void> {
    const running = this.#fsync(folder).finally(() => {
      if (this.#folders.get(folder) === syncing && syncing.next === undefined) this.#folders.delete(folder);
    });
    const syncing: Syncing = { running };
    this.#folders.set(folder, syncing);
    return running;
  }
}

async function synced(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
