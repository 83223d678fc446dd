import { Icon } from "../layout/Icon.tsx";

/** Leads back to the newest messages, and says how many are unread there. */
export function NewestButton({ unread, onPress }: { readonly unread: number; readonly onPress: () => void }) {
  return (
    <button
      type="button"
      aria-label={unread > 0 ? `Newest messages, ${unread} unread` : "Newest messages"}
      onClick={onPress}
      className="absolute bottom-3 left-1/2 flex min-h-10 -translate-x-1/2 items-center gap-2 rounded-full border border-line bg-raised px-4 font-semibold text-accent text-sm shadow-lg"
    >
      <Icon name="down" size={18} />
      {unread > 0 ? `${unread} new` : "Newest"}
    </button>
  );
}
