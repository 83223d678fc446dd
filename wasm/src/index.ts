export type { Aggregate } from "./aggregate.ts";
export type * from "./catalog.ts";
export type { Domain } from "./domain.ts";
export { CoreUnavailable, CrowbarError } from "./errors.ts";
export type { LoadOptions, ModuleSource } from "./load.ts";
export type { Pages } from "./pages.ts";
export type * from "./types.ts";
export type { View } from "./view.ts";
