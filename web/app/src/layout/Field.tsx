import { type InputHTMLAttributes, type ReactNode, type TextareaHTMLAttributes, useId } from "react";
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
  return (
    <Framed label={label} hint={hint} refusal={refusal}>
      {(own) => <input {...own} className={look} autoComplete="off" {...rest} />}
    </Framed>
  );
}

/** The same of several lines. */
export function LongField({ label, hint, refusal, ...rest }: FieldProps & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  return (
    <Framed label={label} hint={hint} refusal={refusal}>
      {(own) => <textarea {...own} rows={3} className={`${look} resize-y`} {...rest} />}
    </Framed>
  );
}

/** What ties a field to the words around it. */
interface Ties {
  readonly id: string;
  readonly "aria-describedby": string | undefined;
  readonly "aria-invalid": true | undefined;
}

function Framed({ label, hint, refusal, children }: FieldProps & { readonly children: (own: Ties) => ReactNode }) {
  const id = useId();
  const described = [hint !== undefined && `${id}-hint`, refusal !== undefined && `${id}-no`].filter(Boolean).join(" ");
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="font-semibold text-sm">
        {label}
      </label>
      {children({
        id,
        "aria-describedby": described || undefined,
        "aria-invalid": refusal !== undefined || undefined,
      })}
      {hint !== undefined && (
        <p id={`${id}-hint`} className="text-faint text-sm">
          {hint}
        </p>
      )}
      {refusal !== undefined && <Refusal id={`${id}-no`}>{refusal}</Refusal>}
    </div>
  );
}
