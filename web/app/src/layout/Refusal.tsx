import type { ReactNode } from "react";
import { Icon } from "./Icon.tsx";

/** The rule's words, beside what was refused. */
export function Refusal({ id, children }: { readonly id?: string; readonly children: ReactNode }) {
  return (
    <p id={id} role="alert" className="flex items-start gap-1.5 text-no text-sm">
      <span className="pt-px">
        <Icon name="refused" size={17} />
      </span>
      <span className="min-w-0 break-words">{children}</span>
    </p>
  );
}
