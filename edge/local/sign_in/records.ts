import type { DatabaseSync, StatementSync } from "node:sqlite";
import { type Adapter, type AdapterPayload, errors } from "oidc-provider";

/** Most records of one kind; the oldest make room. A flood costs its own kind alone. */
const most: { readonly [model: string]: number } = { Interaction: 5_000, AuthorizationCode: 5_000 };
const mostOfOthers = 20_000;
/** Room is made once in so many writes of a kind. */
const tidyEvery = 256;

interface Statements {
  readonly find: StatementSync;
  readonly findByUid: StatementSync;
  readonly put: StatementSync;
  readonly consume: StatementSync;
  readonly destroy: StatementSync;
  readonly revoke: StatementSync;
  readonly expire: StatementSync;
  readonly shrink: StatementSync;
}

/** What oidc-provider keeps between requests (sessions, grants, codes, refresh tokens), in the files of sign-in. */
export function records(database: DatabaseSync): (model: string) => Adapter {
  database.exec(`
    CREATE TABLE IF NOT EXISTS record (
      model TEXT NOT NULL, id TEXT NOT NULL, uid TEXT, grant_id TEXT, expires INTEGER, consumed INTEGER,
      payload TEXT NOT NULL, PRIMARY KEY (model, id)) STRICT;
    CREATE INDEX IF NOT EXISTS record_uid ON record (model, uid) WHERE uid IS NOT NULL;
    CREATE INDEX IF NOT EXISTS record_grant ON record (model, grant_id) WHERE grant_id IS NOT NULL;`);
  const live = "(expires IS NULL OR expires > ?)";
  const statements: Statements = {
    find: database.prepare(`SELECT payload, consumed FROM record WHERE model = ? AND id = ? AND ${live}`),
    findByUid: database.prepare(`SELECT payload, consumed FROM record WHERE model = ? AND uid = ? AND ${live}`),
    put: database.prepare(
      "INSERT OR REPLACE INTO record (model, id, uid, grant_id, expires, payload) VALUES (?, ?, ?, ?, ?, ?)",
    ),
    consume: database.prepare("UPDATE record SET consumed = ? WHERE model = ? AND id = ? AND consumed IS NULL"),
    destroy: database.prepare("DELETE FROM record WHERE model = ? AND id = ?"),
    revoke: database.prepare("DELETE FROM record WHERE model = ? AND grant_id = ?"),
    expire: database.prepare("DELETE FROM record WHERE model = ? AND expires <= ?"),
    shrink: database.prepare(
      "DELETE FROM record WHERE rowid IN (SELECT rowid FROM record WHERE model = ? ORDER BY rowid DESC LIMIT -1 OFFSET ?)",
    ),
  };
  return (model) => new Records(model, statements);
}

// oidc-provider's own moments are the machine's, in whole seconds: it has no port for them.
const seconds = () => Math.floor(Date.now() / 1000);

class Records implements Adapter {
  readonly #model: string;
  readonly #statements: Statements;
  #written = 0;

  constructor(model: string, statements: Statements) {
    this.#model = model;
    this.#statements = statements;
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    return payloadOf(this.#statements.find.get(this.#model, id, seconds()));
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return payloadOf(this.#statements.findByUid.get(this.#model, uid, seconds()));
  }

  /** Only devices have such codes, and none is served here. */
  async findByUserCode(): Promise<undefined> {
    return undefined;
  }

  async upsert(id: string, payload: AdapterPayload, expiresIn: number): Promise<void> {
    const { uid = null, grantId = null } = payload;
    const expires = Number.isFinite(expiresIn) ? seconds() + Math.ceil(expiresIn) : null;
    this.#statements.put.run(this.#model, id, uid, grantId, expires, JSON.stringify(payload));
    this.#written += 1;
    if (this.#written % tidyEvery !== 0) return;
    this.#statements.expire.run(this.#model, seconds());
    this.#statements.shrink.run(this.#model, most[this.#model] ?? mostOfOthers);
  }

  /** Whoever comes second is refused here: oidc-provider looks first and marks later, so two at once both get so far. */
  async consume(id: string): Promise<void> {
    const { changes } = this.#statements.consume.run(seconds(), this.#model, id);
    if (changes === 0) throw new errors.InvalidGrant("already consumed");
  }

  async destroy(id: string): Promise<void> {
    this.#statements.destroy.run(this.#model, id);
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    this.#statements.revoke.run(this.#model, grantId);
  }
}

function payloadOf(row: { readonly [column: string]: unknown } | undefined): AdapterPayload | undefined {
  if (row === undefined) return undefined;
  const payload = JSON.parse(String(row.payload)) as AdapterPayload;
  return row.consumed === null ? payload : { ...payload, consumed: Number(row.consumed) };
}
