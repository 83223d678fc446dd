import { type JsonObject, OperationFailed } from "./operation.ts";

/** A text among an operation's options. @throws OperationFailed `usage` where it is none, or missing. */
export function textOption(options: JsonObject, name: string): string {
  const value = options[name];
  if (typeof value === "string" && value !== "") return value;
  throw new OperationFailed("usage", `The option ${name} is missing.`);
}

/** A text among an operation's options, or undefined. */
export function optionalText(options: JsonObject, name: string): string | undefined {
  return options[name] === undefined ? undefined : textOption(options, name);
}

/** A whole number of 0 or more among an operation's options, or 0. */
export function countOption(options: JsonObject, name: string): number {
  const value = options[name] ?? 0;
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
  throw new OperationFailed("usage", `The option ${name} has to be 0, 1, 2, …, not ${JSON.stringify(value)}.`);
}
