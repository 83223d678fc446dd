// What runs in the browser: takes batches from the runner, sends the answers back.
import { type Factory, openModule } from "./module.ts";

const moduleUrl = "/module.mjs";

async function run(): Promise<void> {
  const glue = (await import(moduleUrl)) as { readonly default: Factory };
  const wasm = new Uint8Array(await (await fetch("/module.wasm")).arrayBuffer());
  const session = await openModule(glue.default, wasm, location.hash.slice(1));
  for (;;) {
    const requests = await (await fetch("/requests")).arrayBuffer();
    const answers = session.run(new Uint8Array(requests));
    await fetch("/answers", { method: "POST", body: new Blob([new Uint8Array(answers)]) });
  }
}

// Not `await` at the top: a failure must become an error of the page, which the runner hears.
void run();
