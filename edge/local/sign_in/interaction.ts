import type { IncomingMessage, ServerResponse } from "node:http";
import type { Provider } from "oidc-provider";
import { errors } from "oidc-provider";
import { sendPage, sendRedirect } from "./answers.ts";
import { readForm } from "./form.ts";
import { signInPage } from "./pages.ts";
import type { People, Welcome } from "./people.ts";
import { nameRule, type Person } from "./person.ts";

export interface InteractionParts {
  readonly provider: Provider;
  readonly people: People;
  /** The path of the issuer. */
  readonly path: string;
}

const shownNames = 8;

/** The page on which somebody says who they are: shown, answered, or left. Throws oidc-provider's errors. */
export async function interaction(
  request: IncomingMessage,
  response: ServerResponse,
  uid: string,
  step: "ask" | "answer" | "cancel",
  parts: InteractionParts,
): Promise<void> {
  const { provider, people, path } = parts;
  // The cookie says whose interaction it is; an address that was passed on to somebody else opens nothing.
  const open = await provider.interactionDetails(request, response);
  if (open.uid !== uid) throw new errors.SessionNotFound("This is not the sign-in that was begun in this browser.");

  const action = `${path}/interaction/${uid}`;
  if (step === "ask") return sendPage(response, 200, signInPage({ action, names: people.latest(shownNames) }, path));
  if (step === "cancel") {
    const left = { error: "access_denied", error_description: "The person left the page." };
    return sendRedirect(response, await provider.interactionResult(request, response, left));
  }
  const typed = (await readForm(request)).get("name") ?? "";
  const welcome = people.welcome(typed);
  if (welcome.kind !== "welcome") {
    const wrong = { action, names: people.latest(shownNames), typed: typed.slice(0, 160), wrong: refusal(welcome) };
    return sendPage(response, statusOf[welcome.kind], signInPage(wrong, path));
  }
  const to = await provider.interactionResult(request, response, { login: { accountId: welcome.person.id } });
  await handOver(provider, open.session?.uid, welcome.person);
  sendRedirect(response, to);
}

/**
 * Makes the browser's session that of another person. oidc-provider would sign the first one out on a page of its own,
 * which needs a script within.
 */
async function handOver(provider: Provider, sessionUid: string | undefined, person: Person): Promise<void> {
  if (sessionUid === undefined) return;
  const session = await provider.Session.findByUid(sessionUid);
  if (session === undefined || session.accountId === person.id) return;
  session.accountId = person.id;
  session.authorizations = {};
  await session.persist();
}

const statusOf = { no_name: 422, full: 503, busy: 429 } as const satisfies Record<
  Exclude<Welcome["kind"], "welcome">,
  number
>;

function refusal(welcome: Exclude<Welcome, { readonly kind: "welcome" }>): string {
  switch (welcome.kind) {
    case "no_name":
      return `A name is ${nameRule}.`;
    case "full":
      return `There are ${welcome.most} people here, which is the limit. Sign in under a name that is known.`;
    case "busy":
      return `Too many new people at once. Try again in ${welcome.seconds} s.`;
  }
}
