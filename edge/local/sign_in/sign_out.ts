import type { IncomingMessage, ServerResponse } from "node:http";
import type { Provider } from "oidc-provider";
import { sendPage, sendRedirect } from "./answers.ts";
import { redirectUris } from "./client.ts";
import { signedOutPage } from "./pages.ts";

/**
 * Answers somebody who signs out and is not signed in: nothing is to be confirmed, and oidc-provider's page for it needs a
 * script within. Answers false where somebody is signed in: oidc-provider asks them.
 */
export async function signedOutAlready(
  request: IncomingMessage,
  response: ServerResponse,
  query: URLSearchParams,
  {
    provider,
    origins,
    path,
  }: { readonly provider: Provider; readonly origins: readonly string[]; readonly path: string },
): Promise<boolean> {
  const session = await provider.Session.get(provider.createContext(request, response));
  if (session.accountId !== undefined) return false;
  const to = query.get("post_logout_redirect_uri");
  if (to === null || !redirectUris(origins).includes(to)) {
    sendPage(response, 200, signedOutPage(path));
    return true;
  }
  const back = new URL(to);
  const state = query.get("state");
  if (state !== null) back.searchParams.set("state", state);
  sendRedirect(response, back.href);
  return true;
}
