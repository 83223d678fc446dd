import { errors } from "oidc-provider";
import { nameRule } from "./person.ts";

/** What the page asks of somebody, and what was wrong with their first answer. */
export interface Asking {
  /** Where the form goes. */
  readonly action: string;
  readonly typed?: string;
  readonly wrong?: string;
  /** Names of those who were here before. */
  readonly names: readonly string[];
}

const signs: { readonly [sign: string]: string } = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text as it may stand between tags and in quoted attributes. */
export const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (sign) => signs[sign] ?? "");

function document(path: string, title: string, main: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>${title} · Crowbar</title>
    <link rel="icon" href="${path}/icon.svg" />
    <link rel="stylesheet" href="${path}/style.css" />
    <link rel="stylesheet" href="${path}/sign_in.css" />
  </head>
  <body class="narrow">
    <header>
      <img src="${path}/icon.svg" alt="" width="36" height="36" />
      <h1>${title}</h1>
    </header>
    <main>
${main}
    </main>
  </body>
</html>
`;
}

export function signInPage({ action, typed = "", wrong, names }: Asking, path: string): string {
  const known = names.map((name) => `<button name="name" value="${escapeHtml(name)}">${escapeHtml(name)}</button>`);
  return document(
    path,
    "Sign in",
    `      <form method="post" action="${escapeHtml(action)}" class="card">
        <label for="name">Your name</label>
        <input id="name" name="name" value="${escapeHtml(typed)}" autocomplete="nickname" autocapitalize="none" spellcheck="false" required maxlength="160" autofocus aria-describedby="${wrong ? "wrong " : ""}hint"${wrong ? ' aria-invalid="true"' : ""} />
        ${wrong ? `<p id="wrong" class="wrong" role="alert">${escapeHtml(wrong)}</p>` : ""}
        <p id="hint" class="hint">${nameRule}. The same name again is the same person.</p>
        <button class="main">Sign in</button>
      </form>
${known.length > 0 ? `      <form method="post" action="${escapeHtml(action)}" class="card" aria-labelledby="known"><h2 id="known">Here before</h2><p class="names">${known.join(" ")}</p></form>` : ""}
      <form method="post" action="${escapeHtml(action)}/cancel"><button>Cancel</button></form>
      <p class="hint">There is no password: this is a stack on your own machine, for trying things out, and only this machine reaches it.</p>`,
  );
}

/** `form` is oidc-provider's own, with a secret inside; its id is what the buttons name. */
export function signOutPage(form: string, path: string): string {
  return document(
    path,
    "Sign out",
    `      <div class="card">
        <p>Sign out on this machine?</p>
        ${form}
        <p class="names">
          <button class="main" type="submit" form="op.logoutForm" value="yes" name="logout">Sign out</button>
          <button type="submit" form="op.logoutForm">Stay signed in</button>
        </p>
      </div>`,
  );
}

export function signedOutPage(path: string): string {
  return document(
    path,
    "Signed out",
    '      <p class="card">You are signed out. <a href="/">Back to the start</a></p>',
  );
}

/** What a person is told of an error of oidc-provider: its sentence, or of one that is not theirs to know none. */
export function errorPage(error: unknown, path: string): string {
  const known = error instanceof errors.OIDCProviderError && error.expose ? error : undefined;
  const code = known?.error ?? "server_error";
  const sentence =
    known === undefined
      ? "Something is wrong on our side."
      : known instanceof errors.SessionNotFound
        ? "This sign-in has ended, or was begun in another browser. Go back to the app and begin again."
        : (known.error_description ?? known.message);
  return document(
    path,
    "Sign-in did not work",
    `      <div class="card">
        <p>${escapeHtml(sentence)}</p>
        <p class="hint">Code: <code>${escapeHtml(code)}</code></p>
        <p><a href="/">Back to the start</a></p>
      </div>`,
  );
}
