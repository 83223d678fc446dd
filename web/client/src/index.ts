export { Unanswered } from "./api.ts";
export { createClient } from "./create_client.ts";
export type * from "./types.ts";
export { OutboxFull } from "./types.ts";
