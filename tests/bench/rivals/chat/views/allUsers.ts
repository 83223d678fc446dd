import type { Projection } from "../view.ts";
import { objectOf, sorted } from "./object.ts";

export const allUsers = (): Projection => {
  const names = new Map<string, { name: string }>();
  return {
    handles: ["user_registered", "user_renamed"],
    hears: (stream) => stream.startsWith("user-"),
    project(event) {
      if (event.type !== "user_registered" && event.type !== "user_renamed") return;
      const id = event.stream.slice("user-".length);
      const known = names.get(id);
      if (known !== undefined) known.name = event.data.name;
      else if (event.type === "user_registered") names.set(id, { name: event.data.name });
    },
    data: () => [["allusers", objectOf(sorted(names))]],
  };
};
