/** What is open to whom. */
export interface Policy {
  /** Where the app is served from: only its pages may send commands. `https://chat.example` */
  readonly origins: readonly string[];
  /** What anybody may get without a token: a path, or all that begins so: `/assets/*`. */
  readonly publicPaths: readonly string[];
}

/** How a path is entered. */
export type Door = "commands" | "signed_in" | "public";

const methods = { commands: ["POST"], signed_in: ["GET", "HEAD"], public: ["GET", "HEAD"] } as const;

export const methodsOf = (door: Door): readonly string[] => methods[door];

/** Says by which door a path is entered. Whatever is not said to be public is behind the token. */
export function doors({ publicPaths }: Policy): (path: string) => Door {
  const exact = new Set(publicPaths.filter((path) => !path.endsWith("*")));
  const beginnings = publicPaths.filter((path) => path.endsWith("/*")).map((path) => path.slice(0, -1));
  return (path) => {
    if (path === "/commands") return "commands";
    return exact.has(path) || beginnings.some((beginning) => path.startsWith(beginning)) ? "public" : "signed_in";
  };
}
