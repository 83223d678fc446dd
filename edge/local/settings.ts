import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { defaultData } from "../cli/folder.ts";

/** How the local stack is set up, from the environment. */
export interface Settings {
  readonly port: number;
  readonly data: string;
  /** The folder of the built app. It need not be there. */
  readonly app: string;
  /** Is the commands function called as Lambda calls it? */
  readonly asDeployed: boolean;
}

/** Where the app is built, beside this package in its repository. */
const builtApp = fileURLToPath(new URL("../../web/app/dist", import.meta.url));

/** Reads `PORT`, `CROWBAR_DATA`, `CROWBAR_APP` and `CROWBAR_ORIGIN`. @throws RangeError that names what is wrong. */
export function readSettings(environment: NodeJS.ProcessEnv, folder: string): Settings {
  const asked = environment.PORT || "8080";
  const port = Number(asked);
  if (!/^\d+$/.test(asked) || port > 65_535) {
    throw new RangeError(`PORT is "${asked}"; it has to be a number from 0 to 65535.`);
  }
  const mounted = environment.CROWBAR_ORIGIN || "app";
  if (mounted !== "app" && mounted !== "function_url") {
    throw new RangeError(`CROWBAR_ORIGIN is "${mounted}"; it has to be app or function_url.`);
  }
  return {
    port,
    data: resolve(folder, environment.CROWBAR_DATA || join(folder, defaultData)),
    app: resolve(folder, environment.CROWBAR_APP || builtApp),
    asDeployed: mounted === "function_url",
  };
}
