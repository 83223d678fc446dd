import type { ReactNode } from "react";
import icon from "./icon.svg";

/** In place of content that is not there (yet): says why, and what to do. */
export function Blank({
  title,
  children,
  action,
}: {
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}) {
  return (
    <div className="grid h-full place-content-center justify-items-center gap-3 px-6 py-10 text-center">
      <img src={icon} alt="" width={44} height={44} className="opacity-90" />
      <h2 className="font-semibold text-lg">{title}</h2>
      {children !== undefined && <div className="max-w-sm text-balance text-faint">{children}</div>}
      {action !== undefined && <div className="mt-2 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
