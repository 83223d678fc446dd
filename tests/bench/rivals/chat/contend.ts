import type { Contender, Resident } from "../../contender.ts";
import type { Command, Context, Event, Verdict } from "./contract.ts";
import { encoded } from "./encoded.ts";
import { eachLine, textOf } from "./lines.ts";
import { type OpenStream, openStream, type Stream } from "./stream.ts";
import { malformed } from "./verdict.ts";
import { openView } from "./view.ts";

/** What a validator brings: each answers the checked value, or undefined when its shape is wrong. */
export type Validator = {
  command(value: unknown): Command | undefined;
  context(value: unknown): Context | undefined;
  event(value: unknown): Event | undefined;
};

export type Folding = Pick<Contender, "name" | "domain" | "fold" | "foldObjects">;

export const checkedEvent = (validator: Validator, value: unknown): Event => {
  const event = validator.event(value);
  if (event === undefined) throw new Error(`not an event: ${JSON.stringify(value)}`);
  return event;
};

/** A contender's folding and deciding: a validator at the door, a stream behind it. */
export const contendInFolding = (name: string, domain: string, validator: Validator, open: OpenStream): Folding => ({
  name,
  domain,
  fold(name, events) {
    const stream = open(name, domain);
    eachLine(events, (value) => stream.evolve(checkedEvent(validator, value)));
    return resident(stream, validator);
  },
  foldObjects(name, events) {
    const stream = open(name, domain);
    for (const event of events) stream.evolve(checkedEvent(validator, event));
    return resident(stream, validator);
  },
});

/** The chat of plain functions behind a validator: what zod, hand-written checks and ajv have in common. */
export const contend = (name: string, domain: string, validator: Validator): Contender => ({
  ...contendInFolding(name, domain, validator, openStream),
  project(key, events) {
    const view = openView(key);
    eachLine(events, (value) => view.apply(checkedEvent(validator, value)));
    return encoded(view.json(domain));
  },
});

const resident = (stream: Stream, validator: Validator): Resident => {
  const decide = (value: unknown, context: Context | undefined): Verdict => {
    const command = validator.command(value);
    return command === undefined || context === undefined ? malformed : stream.decide(command, context);
  };
  const decideText = (command: string, context: string): string => {
    try {
      return JSON.stringify(decide(JSON.parse(command), validator.context(JSON.parse(context))));
    } catch (error) {
      if (error instanceof SyntaxError) return JSON.stringify(malformed);
      throw error;
    }
  };
  return {
    get version() {
      return stream.version;
    },
    decideText,
    decideBytes: (command, context) => encoded(decideText(textOf(command), textOf(context))),
    decideBatch(commands, contextBytes) {
      const context = validator.context(JSON.parse(textOf(contextBytes)));
      let verdicts = "";
      eachLine(commands, (value) => {
        const verdict = decide(value, context);
        if (verdict.accepted) for (const event of verdict.events) stream.evolve(event);
        verdicts += `${JSON.stringify(verdict)}\n`;
      });
      return encoded(verdicts);
    },
    // The context comes from the caller's own typed code, which a user of any of these would not check again.
    decideObject: decide,
  };
};
