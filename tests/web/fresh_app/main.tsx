import { createClient } from "@crowbar/client";
import { ClientProvider, hooksOf } from "@crowbar/client/react";
import { load, type Types } from "@crowbar/domain/chat";
import type { ReactElement } from "react";
import { createRoot } from "react-dom/client";
import { token } from "./token.ts";

// example
const { useAggregate, useView, useSend } = hooksOf<Types>();
const client = await createClient({ domain: await load(), baseUrl: location.origin, token });

function General(): ReactElement {
  const { data: messages = [] } = useView("messages/general/1"); // the server's view, with what waits here on top
  const { waiting } = useAggregate("channel", "general");
  const send = useSend();
  const say = (form: FormData) => {
    const data = { messageId: crypto.randomUUID(), text: String(form.get("text")) };
    const { verdict } = send({ stream: "channel-general", type: "send_message", data });
    if (verdict?.accepted === false) alert(verdict.rejection.message); // decided here, in the same moment
  };
  const lines = messages.map(({ messageId, userId, text }) => <li key={messageId}>{`${userId}: ${text}`}</li>);
  return (
    <form action={say}>
      <ul>{lines}</ul>
      <input name="text" aria-label="Say" /> {waiting} waiting
    </form>
  );
}
// end of example

const root = document.getElementById("root") as HTMLElement;
createRoot(root).render(
  <ClientProvider client={client}>
    <General />
  </ClientProvider>,
);
