import { Ajv } from "ajv";
import standalone from "ajv/dist/standalone/index.js";
import { schemas } from "./schemas.ts";

/** The source of an ES module that exports `command`, `context` and `event`, each a predicate. */
export const compileValidators = (): string => {
  const ajv = new Ajv({
    discriminator: true,
    unicodeRegExp: false,
    // The pointer to a fault is enough; sentences would double the size.
    messages: false,
    code: { source: true, esm: true, optimize: true },
    schemas: Object.entries(schemas).map(([name, schema]) => ({ $id: name, ...schema })),
  });
  return standalone.default(ajv, { command: "command", context: "context", event: "event" });
};
