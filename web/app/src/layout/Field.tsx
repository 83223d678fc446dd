import { type InputHTMLAttributes, type TextareaHTMLAttributes, useId } from "react";
import { Refusal } from "./Refusal.tsx";

interface FieldProps {
  readonly label: string;
  readonly hint?: string | undefined;
  /** The rule's words on what is typed here. */
  readonly refusal?: string | undefined;
}

const look =
  "w-full rounded-lg border border-edge bg-ground px-3 py-2 min-h-11 aria-invalid:border-no placeholder:text-faint";

/** A line to type in, with its name above and what a rule says of it below. */
export function Field({ label, hint, refusal, ...rest }: FieldProps & InputHTMLAttributes<HTMLInputElement>) {
  const { id, described, notes } = useNotes(hint, refusal);
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="font-semibold text-sm">
        {label}
      </label>
      <input
        id={id}
        className={look}
        aria-describedby={described}
        aria-invalid={refusal !== undefined || undefined}
        autoComplete="off"
        {...rest}
      />
      {notes}
    </div>
  );
}

/** The same of several lines. */
export function LongField({ label, hint, refusal, ...rest }: FieldProps & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  const { id, described, notes } = useNotes(hint, refusal);
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="font-semibold text-sm">
        {label}
      </label>
      <textarea
        id={id}
        rows={3}
        className={`${look} resize-y`}
        aria-describedby={described}
        aria-invalid={refusal !== undefined || undefined}
        {...rest}
      />
      {notes}
    </div>
  );
}

function useNotes(hint: string | undefined, refusal: string | undefined) {
  const id = useId();
  const described = [hint !== undefined && `${id}-hint`, refusal !== undefined && `${id}-no`].filter(Boolean).join(" ");
  const notes = (
    <>
      {hint !== undefined && (
        <p id={`${id}-hint`} className="text-faint text-sm">
          {hint}
        </p>
      )}
      {refusal !== undefined && <Refusal id={`${id}-no`}>{refusal}</Refusal>}
    </>
  );
  return { id, described: described || undefined, notes };
}
