// The local stack as it is served, with room for as many commands of a person as there are.
import { serve } from "../../../../edge/local/serve.ts";
import { answer } from "./asked.ts";

const [data = ""] = process.argv.slice(2);
const served = await serve({
  data,
  port: 0,
  allowance: { perSecond: 1_000_000, burst: 1_000_000 },
});
answer(
  { origin: served.origin, issuer: served.issuer },
  () => served.stack.settled(),
  () => served.close(),
);
