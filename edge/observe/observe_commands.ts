import type { Commands } from "../commands/commands.ts";
import type { Observe } from "./observe.ts";

/** Has deciding take part in the trace of its request, from now on, where that is recorded. */
export function observeCommands(commands: Commands, { traces }: Observe): void {
  const submit = commands.submit.bind(commands);
  commands.submit = async (submission) => {
    const span = traces.current?.child("decide");
    if (span === undefined) return submit(submission);
    const commandId = idOf(submission.command);
    if (commandId !== undefined) traces.follow(commandId, span);
    const reply = await submit(submission);
    const code = reply.kind === "refused" ? reply.refusal.code : "accepted";
    span.end({ code, ...(commandId !== undefined && { commandId }) });
    return reply;
  };
}

/** The id that a command says; it is judged elsewhere. */
function idOf(command: Uint8Array): string | undefined {
  try {
    const { id } = JSON.parse(Buffer.from(command).toString("utf8")) as { readonly id?: unknown };
    return typeof id === "string" ? id : undefined;
  } catch {
    // No JSON: it will be refused, and nothing comes of it that could be traced.
    return undefined;
  }
}
