import { useState } from "react";
import { Button } from "../layout/Button.tsx";
import { Field } from "../layout/Field.tsx";
import { type ChatRejected, useRejected } from "../start/chat.ts";

/** Sends a refused channel anew, under another name. */
export function AnotherName({ rejected }: { readonly rejected: ChatRejected }) {
  const { retry } = useRejected();
  const { command } = rejected;
  const [name, setName] = useState(command.type === "create_channel" ? command.data.name : "");
  const [refusal, setRefusal] = useState<string>();
  if (command.type !== "create_channel") return null;
  return (
    <form
      className="mt-2 grid w-full gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        const { verdict } = retry(command.id, { ...command.data, name }, { first: true });
        setRefusal(verdict?.accepted === false ? verdict.rejection.message : undefined);
      }}
    >
      <Field
        label="Another name"
        autoCapitalize="none"
        spellCheck={false}
        value={name}
        onChange={(event) => setName(event.target.value)}
        refusal={refusal}
      />
      <Button small type="submit" look="main" className="justify-self-start">
        Create it so
      </Button>
    </form>
  );
}
