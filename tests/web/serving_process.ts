// The local stack as a process of its own, with the app that is built in web/app/dist: what the tests end, kill and start
// again. Its options come as JSON; it prints where it is.
import { fileURLToPath } from "node:url";
import { serve } from "../../edge/local/serve.ts";
import type { ServeOptions } from "../../edge/local/served.ts";

const options = JSON.parse(process.argv[2] ?? "{}") as ServeOptions;
const app = process.env.CROWBAR_APP ?? fileURLToPath(new URL("../../web/app/dist", import.meta.url));
const { origin, app: there, close } = await serve({ app, ...options });
if (!there) throw new Error(`No app is built in ${app}: npm run build -w @crowbar/app`);
process.on("SIGTERM", () => void close());
console.log(origin);
