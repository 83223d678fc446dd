// A server in a process of its own, whose memory is looked at while it is crowded.
import { CountedIds } from "../../../edge/context/counted_ids.ts";
import { createServer } from "../../../edge/local/cloudfront/create_server.ts";
import { open } from "./serving.ts";

const server = createServer({
  viewer: open,
  origin: () => new Response("here"),
  ids: new CountedIds(),
  report: (defect) => console.error(defect),
  limits: { connections: 1_000, checkMs: 100, requestMs: 600_000, idleMs: 600_000, closeMs: 500 },
});
const port = await server.listen(0, "127.0.0.1");
const tell = (more: object) =>
  process.send?.({ rss: process.memoryUsage().rss, connections: server.connections, ...more });
process.on("message", async (asked) => {
  if (asked === "how") {
    tell({});
    return;
  }
  await server.close();
  process.disconnect();
});
tell({ port });
