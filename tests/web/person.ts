import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";

/** A person at a browser of their own: nothing in it is shared with anybody else's. */
export interface Person {
  readonly name: string;
  readonly context: BrowserContext;
  readonly page: Page;
  /** What broke: errors of scripts, breaches of the policy, requests to anybody but the stack. */
  readonly broken: readonly string[];
}

export type PersonOptions = Pick<
  BrowserContextOptions,
  "viewport" | "colorScheme" | "reducedMotion" | "bypassCSP" | "serviceWorkers"
>;
export type SignInOptions = PersonOptions & { readonly path?: string };

/** What the browser says when a request could not be made: no fault of the page. */
const network = /^Failed to load resource: |net::ERR_/;

/** Keeps what breaks in a page from now on. */
export function watched(page: Page, origin: string): readonly string[] {
  const broken: string[] = [];
  page.on("pageerror", (error) => broken.push(`${error.name}: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error" && !network.test(message.text())) broken.push(message.text());
  });
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !/^(?:data|blob):/.test(url)) broken.push(`asked ${url}`);
  });
  return broken;
}

/** A browser of somebody's own, with nothing in it. */
export async function somebody(
  browser: Browser,
  origin: string,
  name: string,
  options: PersonOptions = {},
): Promise<Person> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  return { name, context, page, broken: watched(page, origin) };
}

/** Opens the chat, and signs somebody in as a person does: by the provider's own page, at `path` in the end. */
export async function signedIn(
  browser: Browser,
  origin: string,
  name: string,
  options: SignInOptions = {},
): Promise<Person> {
  const { path = "/", ...own } = options;
  const person = await somebody(browser, origin, name, own);
  await person.page.goto(origin + path);
  await signIn(person.page, name);
  return person;
}

/** From the app's own "Sign in" to where one can write. */
export async function signIn(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("textbox", { name: "Your name" }).fill(name);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("button", { name: /^Status:/ }).waitFor();
}
