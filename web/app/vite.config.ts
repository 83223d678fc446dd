import { fileURLToPath } from "node:url";
import tailwind from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { VitePWA as progressive } from "vite-plugin-pwa";
import { earlyModule } from "./bundling/early_module.ts";
import { smallEmoji } from "./bundling/small_emoji.ts";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
/** What the pipeline answers on the same origin. The app's own pages are everything else. */
const pipeline = [
  "commands",
  "streams",
  "views",
  "positions",
  "auth",
  "health",
  "metrics",
  "traces",
  "page",
  "status",
  "rules",
  "csp-reports",
  ".well-known",
];

export default defineConfig({
  plugins: [
    react(),
    tailwind(),
    smallEmoji(),
    earlyModule(),
    progressive({
      // The page registers it itself: what this plugin would write is an inline script, or one more file.
      injectRegister: null,
      registerType: "prompt",
      manifest: {
        id: "/",
        name: "Crowbar",
        short_name: "Crowbar",
        description: "A chat that decides at once, and says why when the answer is no.",
        start_url: "/",
        display: "standalone",
        background_color: "#f6f4ef",
        theme_color: "#1f5f56",
        icons: [
          { src: "/icon.svg", sizes: "any", type: "image/svg+xml", purpose: "any" },
          { src: "/icon-192.png", sizes: "192x192", type: "image/png" },
          { src: "/icon-512.png", sizes: "512x512", type: "image/png" },
          { src: "/icon-maskable.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
        ],
      },
      workbox: {
        // importScripts takes a text for a script's address, which Trusted Types forbid.
        inlineWorkboxRuntime: true,
        globPatterns: ["**/*.{html,js,css,wasm,svg,png}"],
        navigateFallback: "/index.html",
        navigateFallbackDenylist: [
          new RegExp(`^/(${pipeline.map((part) => part.replace(".", "\\.")).join("|")})(/|$)`),
        ],
        cleanupOutdatedCaches: true,
        sourcemap: false,
      },
    }),
  ],
  resolve: {
    alias: [
      { find: /^@crowbar\/client\/react$/, replacement: path("../client/src/react/index.ts") },
      {
        find: /^@emoji\/font\.woff2$/,
        replacement: fileURLToPath(import.meta.resolve("twemoji-colr-font/twemoji.woff2")),
      },
      { find: /^@crowbar\/client$/, replacement: path("../client/src/index.ts") },
      // For what reading markdown does not need; each file says why.
      { find: /^decode-named-character-reference$/, replacement: path("bundling/stand_ins/entities.js") },
      { find: /^mdast-util-to-markdown$/, replacement: path("bundling/stand_ins/to_markdown.js") },
      { find: /^@ungap\/structured-clone$/, replacement: path("bundling/stand_ins/structured_clone.js") },
    ],
  },
  build: {
    target: "es2023",
    // Every browser that runs the rules has it.
    modulePreload: { polyfill: false },
    // A data: address would need more of the policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 400,
  },
  optimizeDeps: { exclude: ["@crowbar/domain", "@crowbar/client"] },
});
