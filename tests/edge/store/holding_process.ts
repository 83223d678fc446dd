// A process that holds the store in a folder until it is ended.
import { openEventStore } from "../../../edge/store/sqlite/open_event_store.ts";
import { told } from "./appends.ts";

const store = openEventStore(process.argv[2] ?? "");
await store.append(told(`by process ${process.pid}`, { at: await store.head("channel-general") }));
process.stdout.write("held\n");
process.stdin.once("end", () => store.close()).resume();
