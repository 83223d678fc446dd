// The app of web/client/README.md, as it stands there.
import { createClient } from "@crowbar/client";
import { ClientProvider, hooksOf } from "@crowbar/client/react";
import { load, type Types } from "@crowbar/domain/chat";
import { createRoot } from "react-dom/client";

declare const main: HTMLElement;
declare const token: string;

// readme
const { useView, useSend, useRejected } = hooksOf<Types>();
const client = await createClient({ domain: await load(), baseUrl: location.origin, token });

function Channel({ id }: { readonly id: string }) {
  const { data } = useView(`messages/${id}/1`); // what the server has, and on top of it what waits
  const { rejected } = useRejected(); // what ended with a no: it never vanishes
  const send = useSend();
  const say = (text: string) =>
    send({ stream: `channel-${id}`, type: "send_message", data: { messageId: crypto.randomUUID(), text } });
  return (
    <form action={(form: FormData) => void say(String(form.get("text")))}>
      {data?.map(({ messageId, text }) => (
        <p key={messageId}>{text}</p>
      ))}
      {rejected.map(({ command, message }) => (
        <p key={command.id}>{message}</p>
      ))}
      <input name="text" aria-label="Say something" />
    </form>
  );
}

createRoot(main).render(
  <ClientProvider client={client}>
    <Channel id="general" />
  </ClientProvider>,
);
// readme
