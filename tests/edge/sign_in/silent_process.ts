// A process that signs in and fails to: its console is what the test looks at.
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FixedClock } from "../../../edge/context/fixed_clock.ts";
import { signIn } from "../../../edge/local/sign_in/sign_in.ts";
import { tokenFor } from "../../../edge/local/sign_in/walk_sign_in.ts";
import { noon } from "./issuing.ts";

const folder = mkdtempSync(join(tmpdir(), "crowbar-silent-"));
const server = createServer((request, response) => local.handler(request, response));
await once(server.listen(0, "127.0.0.1"), "listening");
const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}/auth`;
const local = await signIn({ issuer, folder, clock: new FixedClock(noon) });
console.log((await tokenFor("ada", issuer)).person);
await fetch(`${issuer}/oauth2/authorize?client_id=nobody`);
await fetch(`${issuer}/oauth2/token`, { method: "POST", body: "nonsense" });
local.close();
// With its files closed, everything that it is asked is a defect.
await fetch(`${issuer}/oauth2/token`, { method: "POST", body: new URLSearchParams({ client_id: "crowbar-local" }) });
await tokenFor("bob", issuer).catch(() => {});
server.close();
rmSync(folder, { recursive: true });
