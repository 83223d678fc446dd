import { request } from "node:http";
import type { Person } from "../workload/person.ts";

/** One command on a connection of its own: how it is answered, and after how many ms from the connection's begin. */
export function probe(
  origin: string,
  { authorization }: Person,
  body: string,
): Promise<{ status: number; ms: number }> {
  const began = performance.now();
  const { promise, resolve } = Promise.withResolvers<{ status: number; ms: number }>();
  const end = (status: number) => resolve({ status, ms: performance.now() - began });
  const headers = { authorization, "content-type": "application/json", "content-length": Buffer.byteLength(body) };
  const sent = request(`${origin}/commands`, { method: "POST", agent: false, headers }, (response) => {
    response.on("error", () => end(0)).on("end", () => end(response.statusCode ?? 0));
    response.resume();
  });
  // Whoever is turned away may still be sending: the answer is there all the same.
  sent.on("error", () => end(0));
  sent.end(body);
  return promise;
}
