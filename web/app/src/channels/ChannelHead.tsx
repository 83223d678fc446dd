import type { ReactNode } from "react";
import { IconButton } from "../layout/IconButton.tsx";

/** The head of a channel: what it is called, what it is for, what can be opened of it. */
export function ChannelHead({
  name,
  description,
  onOpenChannels,
  children,
}: {
  readonly name: string;
  readonly description?: string | undefined;
  readonly onOpenChannels: () => void;
  /** Buttons. */
  readonly children?: ReactNode;
}) {
  return (
    <header className="flex min-h-15 shrink-0 items-center gap-1 border-line border-b py-1.5 pr-1.5 pl-1.5 md:pl-5">
      <IconButton icon="menu" name="Open channels" className="md:hidden" onClick={onOpenChannels} />
      <div className="min-w-0 flex-1">
        <h1 id="channel-name" className="truncate font-semibold text-lg leading-tight">
          <span aria-hidden="true" className="font-normal text-faint">
            #{" "}
          </span>
          {name}
        </h1>
        {description !== undefined && description !== "" && (
          <p className="truncate text-faint text-sm" title={description}>
            {description}
          </p>
        )}
      </div>
      {children}
    </header>
  );
}
