import { type ReactNode, useState } from "react";
import { Button } from "../layout/Button.tsx";
import { Field } from "../layout/Field.tsx";
import { useRejected } from "../start/chat.ts";
import type { Lost } from "./lost.ts";

/** Creates a lost channel under another name, and does again what was done in it. */
export function AnotherName({
  lost: { name: before, creation, within },
  children,
}: {
  readonly lost: Lost;
  /** Beside its button. */
  readonly children: ReactNode;
}) {
  const { retry } = useRejected();
  const [name, setName] = useState(before);
  const [refusal, setRefusal] = useState<string>();
  const create = () => {
    const { verdict } = retry(creation.command.id, { ...creation.command.data, name }, { first: true });
    if (verdict?.accepted === false) return setRefusal(verdict.rejection.message);
    for (const { command } of within) retry(command.id);
  };
  return (
    <form
      className="mt-2 grid w-full gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        create();
      }}
    >
      <Field
        label="Another name"
        autoCapitalize="none"
        spellCheck={false}
        value={name}
        onChange={(event) => {
          setName(event.target.value);
          setRefusal(undefined);
        }}
        refusal={refusal}
      />
      <div className="flex flex-wrap gap-2">
        <Button small type="submit" look="main">
          Create it so
        </Button>
        {children}
      </div>
    </form>
  );
}
