import type { ChannelRow } from "../start/rows.ts";

/** A channel in which nothing was said. */
export function EmptyChannel({ channel }: { readonly channel: ChannelRow }) {
  return (
    <div className="px-5 py-8">
      <h2 className="font-semibold text-xl">Nothing has been said here yet.</h2>
      <p className="mt-1 max-w-prose text-faint">
        {channel.description === "" ? "Say what this channel is for, or simply begin." : channel.description}
      </p>
    </div>
  );
}
