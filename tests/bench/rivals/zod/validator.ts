import type { Validator } from "../chat/contend.ts";
import type { Command, Context, Event } from "../chat/contract.ts";
import { commandSchema, contextSchema, eventSchema } from "./schemas.ts";

export const validator: Validator = {
  command: (value): Command | undefined => commandSchema.safeParse(value).data as Command | undefined,
  context: (value): Context | undefined => contextSchema.safeParse(value).data,
  event: (value): Event | undefined => eventSchema.safeParse(value).data as Event | undefined,
};
