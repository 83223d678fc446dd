declare module "virtual:emoji" {
  /** [the group's name, [emoji, words]…]… */
  export const groups: readonly (readonly [string, readonly (readonly [emoji: string, words: string])[]])[];
}
