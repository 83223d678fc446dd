import { Dialog } from "../layout/Dialog.tsx";
import { useRejected } from "../start/chat.ts";
import { LostChannel } from "./LostChannel.tsx";
import { lostIn } from "./lost.ts";
import { RejectedCard } from "./RejectedCard.tsx";
import { wanted } from "./told.ts";

/** Everything that ended with a no, wherever it was. */
export function RejectedDialog({ onClose }: { readonly onClose: () => void }) {
  const { rejected } = useRejected();
  const { lost, others } = lostIn(rejected);
  return (
    <Dialog title="What was refused" onClose={onClose}>
      {rejected.length === 0 ? (
        <p className="text-faint">Nothing is left of it.</p>
      ) : (
        <ul className="grid gap-3">
          {lost.map((one) => (
            <li key={one.creation.command.id}>
              <LostChannel lost={one} />
            </li>
          ))}
          {others.map((one) => (
            <li key={one.command.id}>
              <RejectedCard rejected={one} title={wanted(one.command.type)} />
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}
