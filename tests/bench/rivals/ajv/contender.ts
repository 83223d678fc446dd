import { command, context, event } from "bench:validators";
import type { Open } from "../../contender.ts";
import { contend, type Validator } from "../chat/contend.ts";
import type { Command, Context, Event } from "../chat/contract.ts";

const validator: Validator = {
  command: (value) => (command(value) ? (value as Command) : undefined),
  context: (value) => (context(value) ? (value as Context) : undefined),
  event: (value) => (event(value) ? (value as Event) : undefined),
};

export const open: Open = (domain) => contend("ajv", domain, validator);
