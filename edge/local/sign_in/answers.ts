import type { ServerResponse } from "node:http";

/**
 * What every answer of sign-in says to browsers. A form's target is held against `form-action` along all its redirects, so
 * the origins to which people return stand there too. `same-origin` and not `no-referrer`, which would make browsers say
 * `Origin: null` with our own forms.
 */
export function issuerPolicy(response: ServerResponse, origins: readonly string[]): void {
  response.setHeader(
    "content-security-policy",
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'; " +
      `form-action 'self' ${origins.join(" ")}`,
  );
  response.setHeader("x-content-type-options", "nosniff");
  response.setHeader("x-frame-options", "DENY");
  response.setHeader("referrer-policy", "same-origin");
}

export function sendPage(response: ServerResponse, status: number, html: string): void {
  response.statusCode = status;
  response.setHeader("content-type", "text/html; charset=utf-8");
  response.setHeader("cache-control", "no-store");
  response.end(html);
}

/** Sends somebody on, with a GET. */
export function sendRedirect(response: ServerResponse, to: string): void {
  response.statusCode = 303;
  response.setHeader("location", to);
  response.setHeader("cache-control", "no-store");
  response.setHeader("content-length", "0");
  response.end();
}
