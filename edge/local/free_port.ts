import { createServer } from "node:net";

/** A port of this machine that is free now, where any will do (0); else the one that is asked for. */
export async function freePort(wanted: number, host: string): Promise<number> {
  if (wanted !== 0) return wanted;
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, host, resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}
