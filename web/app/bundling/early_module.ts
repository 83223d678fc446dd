import type { Plugin } from "vite";

/** Has the page fetch the rules beside its scripts, rather than after them. */
export function earlyModule(): Plugin {
  return {
    name: "early-module",
    transformIndexHtml: {
      order: "post",
      handler(_html, { bundle }) {
        return Object.keys(bundle ?? {})
          .filter((file) => file.endsWith(".wasm"))
          .map((file) => ({
            tag: "link",
            attrs: { rel: "preload", href: `/${file}`, as: "fetch", crossorigin: true },
            injectTo: "head" as const,
          }));
      },
    },
  };
}
