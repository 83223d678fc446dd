import type { SyncStatus } from "@crowbar/client";
import { useState } from "react";
import { useWatched } from "../device/use_watched.ts";
import { IconButton } from "../layout/IconButton.tsx";
import { later } from "../layout/later.ts";
import { Soon } from "../layout/Soon.tsx";
import { useSignedIn } from "../sign_in/session_context.ts";
import { useRejected, useSyncStatus } from "../start/chat.ts";
import { newerApp, openNewerApp } from "../start/service_worker.ts";
import { compared, inWords } from "./in_words.ts";

const StatusDialog = later(async () => (await import("./StatusDialog.tsx")).StatusDialog);
const RejectedDialog = later(async () => (await import("../rejected/RejectedDialog.tsx")).RejectedDialog);

const colours = {
  online: "text-ok",
  connecting: "text-slow",
  offline: "text-slow",
  signed_out: "text-no",
  outdated: "text-no",
} as const satisfies Record<SyncStatus["state"], string>;

const link = "min-h-8 rounded px-1.5 font-semibold underline underline-offset-4";

/** How things stand between this device and the server, in one line. */
export function StatusLine({ onShortcuts }: { readonly onShortcuts: () => void }) {
  const status = useSyncStatus();
  const { rejected } = useRejected();
  const { session } = useSignedIn();
  const newer = useWatched(newerApp);
  const [shown, setShown] = useState<"status" | "rejected">();
  const same = compared(status);
  return (
    <footer className="flex min-h-9 shrink-0 items-center gap-1.5 overflow-x-auto border-line border-t bg-sunken px-2 pb-[env(safe-area-inset-bottom)] text-sm">
      <button
        type="button"
        aria-label={`Status: ${inWords(status)}`}
        onClick={() => setShown("status")}
        className={`flex min-h-8 items-center gap-2 whitespace-nowrap rounded px-1.5 font-semibold hover:bg-hover ${colours[status.state]}`}
      >
        <span
          aria-hidden="true"
          className={`size-2.5 border-2 border-current ${status.state === "online" ? "rounded-full bg-current" : status.state === "outdated" ? "bg-current" : "rounded-full"}`}
        />
        {inWords(status)}
      </button>
      {status.state === "signed_out" && (
        <button type="button" className={`${link} text-accent`} onClick={() => void session.signIn()}>
          Sign in again
        </button>
      )}
      {(newer || status.state === "outdated") && (
        <button type="button" className={`${link} whitespace-nowrap text-accent`} onClick={() => void openNewerApp()}>
          Reload for the newer app
        </button>
      )}
      {rejected.length > 0 && (
        <button type="button" className={`${link} whitespace-nowrap text-no`} onClick={() => setShown("rejected")}>
          {rejected.length} refused
        </button>
      )}
      {status.storage !== undefined && <span className="truncate text-no">{status.storage}</span>}
      <span className="flex-1" />
      <span className="hidden items-center gap-1.5 whitespace-nowrap text-faint sm:flex">
        rules <code className="font-mono text-xs">{status.domain.slice(0, 8)}</code>
        {same === "same" && "= server’s"}
        {same === "other" && <span className="text-no">≠ server’s</span>}
      </span>
      <IconButton icon="keyboard" name="Keyboard shortcuts" small className="max-md:hidden" onClick={onShortcuts} />
      <Soon>
        {shown === "status" && <StatusDialog onClose={() => setShown(undefined)} />}
        {shown === "rejected" && <RejectedDialog onClose={() => setShown(undefined)} />}
      </Soon>
    </footer>
  );
}
