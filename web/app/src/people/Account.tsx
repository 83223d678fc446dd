import { useState } from "react";
import { useWatched } from "../device/use_watched.ts";
import { Button } from "../layout/Button.tsx";
import { Dialog } from "../layout/Dialog.tsx";
import { Field } from "../layout/Field.tsx";
import { ifNotKept } from "../rejected/if_not_kept.ts";
import { useSignedIn } from "../sign_in/session_context.ts";
import { useSend, useSyncStatus } from "../start/chat.ts";
import { type Theme, theme } from "../theme/theme.ts";
import { useNames } from "./use_names.ts";

const themes = { system: "System", light: "Light", dark: "Dark" } as const satisfies Record<Theme, string>;

/** What concerns the person alone: their name, how it looks here, signing out. */
export function Account({ onClose }: { readonly onClose: () => void }) {
  const { person, session } = useSignedIn();
  const nameOf = useNames();
  const send = useSend();
  const chosen = useWatched(theme);
  const { waiting } = useSyncStatus();
  const [name, setName] = useState(nameOf(person.id));
  const [told, setTold] = useState<{ readonly refusal?: string }>();
  return (
    <Dialog title="You" onClose={onClose}>
      <form
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          const sent = send({ stream: `user-${person.id}`, type: "rename_user", data: { name } });
          setTold(sent.verdict?.accepted === false ? { refusal: sent.verdict.rejection.message } : {});
          ifNotKept(sent, (refusal) => setTold({ refusal }));
        }}
      >
        <Field
          label="Your name"
          value={name}
          onChange={(event) => {
            setName(event.target.value);
            setTold(undefined);
          }}
          refusal={told?.refusal}
        />
        <div className="flex items-center gap-3">
          <Button type="submit">Save name</Button>
          <span role="status" className="text-ok text-sm">
            {told !== undefined && told.refusal === undefined ? "Saved." : ""}
          </span>
        </div>
      </form>
      <fieldset className="mt-6">
        <legend className="mb-1.5 font-semibold text-sm">Appearance</legend>
        <div className="grid grid-cols-3 gap-1 rounded-lg bg-sunken p-1">
          {(Object.keys(themes) as Theme[]).map((one) => (
            <label
              key={one}
              className="grid min-h-10 place-items-center rounded-md has-checked:bg-raised has-checked:font-semibold has-checked:shadow-sm has-focus-visible:outline-2 has-focus-visible:outline-focus"
            >
              <input
                type="radio"
                name="theme"
                className="sr-only"
                checked={chosen === one}
                onChange={() => theme.set(one)}
              />
              {themes[one]}
            </label>
          ))}
        </div>
      </fieldset>
      <div className="mt-6 border-line border-t pt-4">
        {waiting > 0 && (
          <p className="mb-2 text-slow text-sm">
            {waiting} waiting to be sent: they are kept here until you sign in again.
          </p>
        )}
        <Button look="grave" onClick={() => void session.signOut()}>
          Sign out
        </Button>
        <p className="mt-3 break-all text-faint text-sm">
          Your id is <code className="font-mono">{person.id}</code>
        </p>
      </div>
    </Dialog>
  );
}
