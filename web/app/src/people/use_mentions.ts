import { useMemo } from "react";
import { useView } from "../start/chat.ts";
import { mentionsOf } from "./mentions.ts";

const nobody = {};

/** Finds people in texts. */
export function useMentions() {
  const { data = nobody } = useView("allusers");
  return useMemo(() => mentionsOf(data), [data]);
}
