import { useCallback, useEffect, useRef, useState } from "react";
import { useSignedIn } from "../sign_in/session_context.ts";
import { useAggregate, useRejected, useSend, useView } from "../start/chat.ts";

export interface Registration {
  /** They have to be asked for a name; what a rule says of the one that they have given. */
  readonly asked?: { readonly refusal?: string };
  readonly register: (name: string) => void;
}

/** Has whoever signs in for the first time registered, once, with the name that they chose there. */
export function useRegistration(): Registration {
  const { person } = useSignedIn();
  const send = useSend();
  const people = useView("allusers");
  const self = useAggregate("user", person.id);
  const { rejected, discard } = useRejected();
  const [asked, setAsked] = useState<{ readonly refusal?: string }>();
  const begun = useRef(false);
  const stream = `user-${person.id}` as const;
  const said = (people.state === "ready" && !people.cached) || people.state === "missing";
  const registered = people.data?.[person.id] !== undefined || self.version > 0 || self.waiting > 0;
  const unknown = said && !registered && self.state !== "loading";
  // The server's no, where the rules here had said yes.
  const refused = rejected.find(({ command }) => command.stream === stream && command.type === "register_user");

  const register = useCallback(
    (name: string) => {
      const { verdict } = send({ stream, type: "register_user", data: { name } }, { first: true });
      setAsked(verdict?.accepted === false ? { refusal: verdict.rejection.message } : undefined);
    },
    [send, stream],
  );
  useEffect(() => {
    if (!unknown || begun.current) return;
    begun.current = true;
    if (person.name === undefined) setAsked({});
    else register(person.name);
  }, [unknown, person.name, register]);
  useEffect(() => {
    if (refused === undefined) return;
    void discard(refused.command.id);
    if (refused.code !== "user_already_registered") setAsked({ refusal: refused.message });
  }, [refused, discard]);
  return { register, ...(asked !== undefined && !registered && { asked }) };
}
