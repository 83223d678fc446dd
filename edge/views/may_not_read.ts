import type { Commands } from "../commands/commands.ts";
import type { Actor } from "../domain.ts";
import { type Refusal, refuse } from "../outcome/refusal.ts";
import { gatedBy } from "./gated_by.ts";
import type { KnownView } from "./known_views.ts";

/** Why they may not read a view; undefined where they may. Asked each time: who has left has left. */
export async function mayNotRead(
  known: KnownView,
  actor: Actor,
  commands: Pick<Commands, "admits">,
): Promise<Refusal | undefined> {
  const stream = gatedBy(known);
  if (stream === undefined) return undefined;
  const admitted = await commands.admits(stream, actor);
  if (typeof admitted === "object") return admitted;
  return admitted ? undefined : refuse("not_allowed", { actor: actor.id, name: known.key });
}
