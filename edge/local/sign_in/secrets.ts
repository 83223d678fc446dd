import { generateKeyPair, randomBytes } from "node:crypto";
import { chmodSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { calculateJwkThumbprint, type JWK } from "jose";
import { createFile, SignInFilesDamaged } from "./sign_in_files.ts";

/** What this issuer signs with. */
export interface Secrets {
  /** Private RSA keys, RS256; the first one signs. */
  readonly signingKeys: readonly JWK[];
  /** What cookies are signed with. */
  readonly cookieKeys: readonly string[];
}

const fileName = "secrets.json";

/** The secrets of this folder, made when it has none. Tokens stay good when the process starts again. */
export async function loadSecrets(folder: string): Promise<Secrets> {
  const path = join(folder, fileName);
  const text = readText(path);
  if (text !== undefined) return parse(path, text);
  // Where another process was first, its file counts.
  createFile(folder, fileName, `${JSON.stringify(await makeSecrets())}\n`);
  return parse(path, readFileSync(path, "utf8"));
}

async function makeSecrets(): Promise<Secrets> {
  const { privateKey } = await promisify(generateKeyPair)("rsa", { modulusLength: 2048 });
  const jwk = privateKey.export({ format: "jwk" });
  const kid = await calculateJwkThumbprint(jwk as JWK);
  return {
    signingKeys: [{ ...(jwk as JWK), kid, alg: "RS256", use: "sig" }],
    cookieKeys: [randomBytes(32).toString("base64url")],
  };
}

function readText(path: string): string | undefined {
  try {
    chmodSync(path, 0o600);
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function parse(path: string, text: string): Secrets {
  try {
    const secrets = JSON.parse(text) as Secrets;
    const usable = secrets.signingKeys.every(({ kty, kid, d }) => kty === "RSA" && kid && d);
    if (usable && secrets.signingKeys.length > 0 && secrets.cookieKeys.every((key) => key.length >= 32)) return secrets;
  } catch {
    // Told below, without the text: it is a secret, and the parser's own message quotes it.
  }
  throw new SignInFilesDamaged(
    `${path} holds no signing keys. Without it new ones are made, and everybody signs in anew.`,
  );
}
