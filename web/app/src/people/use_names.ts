import { useCallback } from "react";
import { useView } from "../start/chat.ts";

/** What somebody calls themselves; their id until that is known. */
export function useNames(): (userId: string) => string {
  const { data } = useView("allusers");
  return useCallback((userId) => data?.[userId]?.name ?? userId, [data]);
}
