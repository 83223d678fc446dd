import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { errors } from "oidc-provider";
import { issuerPolicy, sendPage, sendRedirect } from "./answers.ts";
import { type InteractionParts, interaction } from "./interaction.ts";
import { errorPage } from "./pages.ts";
import { signedOutAlready } from "./sign_out.ts";

export interface Door extends InteractionParts {
  /** The issuer's own. */
  readonly origin: string;
  /** From which people may come, and to which they return. */
  readonly origins: readonly string[];
  /** oidc-provider itself. */
  readonly callback: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

const assets: { readonly [path: string]: readonly [type: string, file: URL] } = {
  "/style.css": ["text/css; charset=utf-8", new URL("../page/style.css", import.meta.url)],
  "/sign_in.css": ["text/css; charset=utf-8", new URL("sign_in.css", import.meta.url)],
  "/icon.svg": ["image/svg+xml", new URL("../page/icon.svg", import.meta.url)],
};

/** Everything under the issuer's path: our own pages, then oidc-provider. Throws what `refuse` is to answer. */
export async function serve(request: IncomingMessage, response: ServerResponse, door: Door): Promise<void> {
  const { origin, origins, path } = door;
  issuerPolicy(response, origins);
  const { method = "GET", headers, url = "/" } = request;
  const host = `http://${headers.host}`;
  if (host !== origin) {
    // Cookies belong to one host. This machine's other names lead there; under any other name nobody is at home, since a
    // page may have its own name point at this machine.
    if (method === "GET" && origins.includes(host)) return sendRedirect(response, origin + url);
    throw new errors.InvalidRequest("Nothing is served under this host.", 421);
  }
  const [whole = "", query = ""] = url.split("?", 2);
  if (!whole.startsWith(`${path}/`)) throw new errors.InvalidRequest("There is nothing here.", 404);
  const within = whole.slice(path.length);
  const asset = assets[within];
  if (asset !== undefined && method === "GET") return sendAsset(response, asset);

  const [, uid, cancel] = /^\/interaction\/([\w-]{1,64})(\/cancel)?$/.exec(within) ?? [];
  if (uid !== undefined && method === "GET" && cancel === undefined) {
    return interaction(request, response, uid, "ask", door);
  }
  if (uid !== undefined && method === "POST") {
    if (!ownForm(headers.origin, origin)) throw new errors.InvalidRequest("This form is not ours.", 403);
    return interaction(request, response, uid, cancel === undefined ? "answer" : "cancel", door);
  }
  const parameters = new URLSearchParams(query);
  if (within === "/logout" && method === "GET") {
    if (await signedOutAlready(request, response, parameters, door)) return;
  }
  // The others answer by a page with a script within, or put a code where a script has to look for it.
  if (parameters.getAll("response_mode").some((mode) => mode !== "query")) {
    throw new errors.InvalidRequest("The only response_mode here is query.");
  }
  // oidc-provider sees the path below where it is mounted; by `baseUrl` it knows what to put before it in addresses.
  await door.callback(Object.assign(request, { baseUrl: path, url: url.slice(path.length) }), response);
}

/** Browsers say with every form where it came from. Who says nothing is no browser, and has nobody's cookies. */
function ownForm(from: string | undefined, origin: string): boolean {
  return from === undefined || from === origin;
}

function sendAsset(response: ServerResponse, [type, file]: readonly [string, URL]): void {
  response.setHeader("content-type", type);
  response.setHeader("cache-control", "no-cache");
  response.end(readFileSync(file));
}

/** Answers what was thrown: a sentence for what is the asker's fault, none for what is ours. */
export function refuse(
  response: ServerResponse,
  error: unknown,
  path: string,
  onError: (error: unknown) => void,
): void {
  const status = error instanceof errors.OIDCProviderError && error.expose ? error.statusCode : 500;
  if (status === 500) onError(error);
  if (response.headersSent) {
    response.destroy();
    return;
  }
  sendPage(response, status, errorPage(error, path));
}
