// What bundle.ts puts in this module's place: compile.ts's output.
declare module "bench:validators" {
  export const command: (value: unknown) => boolean;
  export const context: (value: unknown) => boolean;
  export const event: (value: unknown) => boolean;
}
