import { useState } from "react";
import { Button } from "../layout/Button.tsx";
import { Dialog } from "../layout/Dialog.tsx";
import { Field } from "../layout/Field.tsx";
import { useSignedIn } from "../sign_in/session_context.ts";

/** Asks somebody new for their name, where the one that they signed in with will not do. */
export function AskName({
  refusal,
  register,
}: {
  readonly refusal: string | undefined;
  readonly register: (name: string) => void;
}) {
  const { person } = useSignedIn();
  const [name, setName] = useState(person.name ?? "");
  return (
    <Dialog title="What shall we call you?">
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          register(name);
        }}
      >
        <Field label="Your name" value={name} onChange={(event) => setName(event.target.value)} refusal={refusal} />
        <Button type="submit" look="main">
          Go on
        </Button>
      </form>
    </Dialog>
  );
}
