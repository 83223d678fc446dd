import { Dialog } from "../layout/Dialog.tsx";
import { shortcuts } from "./shortcuts.ts";

export function ShortcutsDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title="Keyboard shortcuts" onClose={onClose}>
      {shortcuts.map(([where, keys]) => (
        <section key={where} className="mb-4 last:mb-0">
          <h3 className="mb-1 font-semibold text-faint text-sm">{where}</h3>
          <dl className="grid grid-cols-[auto_1fr] items-baseline gap-x-4 gap-y-1.5">
            {keys.map(([key, does]) => (
              <div key={key} className="contents">
                <dt>
                  <kbd className="whitespace-nowrap rounded-md border border-line bg-ground px-1.5 py-0.5 font-mono text-sm">
                    {key}
                  </kbd>
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  );
}
