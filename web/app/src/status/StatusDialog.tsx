import type { SyncStatus } from "@crowbar/client";
import { Dialog } from "../layout/Dialog.tsx";
import { useSyncStatus } from "../start/chat.ts";
import { compared, inWords } from "./in_words.ts";

const news = {
  push: "as it happens",
  polling: "by asking from time to time",
  none: "not at the moment",
} as const satisfies Record<SyncStatus["news"], string>;

const equality = {
  same: "the same as the server’s",
  other: "not the server’s: it decides again what comes from here",
  unknown: "the server has not said yet which it has",
} as const;

/** How things stand, at length. */
export function StatusDialog({ onClose }: { readonly onClose: () => void }) {
  const status = useSyncStatus();
  const rows: readonly (readonly [string, React.ReactNode])[] = [
    ["Now", inWords(status)],
    ["Waiting", status.waiting === 0 ? "nothing" : `${status.waiting} to be sent, kept on this device`],
    ["Refused", status.rejected === 0 ? "nothing" : `${status.rejected}, until you have said what to do`],
    ["News", news[status.news]],
    ["This tab", status.leader ? "sends for all tabs" : "leaves sending to another tab"],
    [
      "Rules",
      <code key="hash" className="break-all font-mono text-sm">
        {status.domain}
      </code>,
    ],
    ["", equality[compared(status)]],
    ...(compared(status) === "other"
      ? [
          [
            "Server’s",
            <code key="server" className="break-all font-mono text-sm">
              {status.serverDomain}
            </code>,
          ] as const,
        ]
      : []),
    ...(status.storage === undefined ? [] : [["This device", status.storage] as const]),
  ];
  return (
    <Dialog title="Status" onClose={onClose}>
      <dl className="grid gap-x-4 gap-y-2 sm:grid-cols-[6rem_1fr]">
        {rows.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="font-semibold text-faint text-sm sm:pt-0.5">{name}</dt>
            <dd className="min-w-0 max-sm:mb-1">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-5 text-faint text-sm">
        The same rules decide here and on the server. Their hash stands in everything that is stored.
      </p>
    </Dialog>
  );
}
