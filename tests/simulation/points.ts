/**
 * Where the process can be made to die: before or after each of these calls. `commit` is SQLite's, `fsync` and `rename`
 * are the file system's.
 */
export const calls = [
  "append",
  "commit",
  "cursor",
  "snapshot",
  "publish",
  "fsync",
  "rename",
  "view",
  "push",
  "acknowledge",
  "answer",
  "begin",
  "switch",
] as const;
export type Call = (typeof calls)[number];
export type Point = `${Call}.${"before" | "after"}`;

/** The process ends itself, as kill -9 does, when it comes to a point for the n-th time. */
export interface DeathAt {
  readonly point: Point;
  /** 1: the first time. */
  readonly count: number;
}

/** What is wrong with the pipeline on purpose, so that the simulation is seen to find it. */
export const flaws = ["answers_early", "cursor_ahead", "view_lost"] as const;
export type Flaw = (typeof flaws)[number];

/** What the process is told, in its environment variable SIMULATION, as JSON. */
export interface Told {
  readonly data: string;
  readonly death?: DeathAt;
  readonly flaw?: Flaw;
}
