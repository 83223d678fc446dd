/** Where browsers tell what the policy has stopped. */
export const reportPath = "/csp-reports";

/**
 * What the app's pages may do: nothing but what stands here. Reports go by `report-uri`, at once: `report-to` gathers them
 * for up to a minute, and where both stand, Chromium takes that one.
 */
const policy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  // A service worker's address has to be a trusted one, too: this is the only policy that the app may make.
  "trusted-types crowbar-service-worker",
  `report-uri ${reportPath}`,
].join("; ");

/** Those that a browser has and a chat does not need. */
const unneeded = ["camera", "display-capture", "geolocation", "microphone", "midi", "payment", "serial", "usb"];

/** What stands with every file of the app. */
export const fileHeaders: Readonly<Record<string, string>> = {
  "cross-origin-resource-policy": "same-origin",
  "x-content-type-options": "nosniff",
};

/** What stands with its documents, its service worker, and all else that could be opened by itself. */
export const documentHeaders: Readonly<Record<string, string>> = {
  ...fileHeaders,
  "content-security-policy": policy,
  "cross-origin-opener-policy": "same-origin",
  "permissions-policy": unneeded.map((each) => `${each}=()`).join(", "),
  "referrer-policy": "same-origin",
};
