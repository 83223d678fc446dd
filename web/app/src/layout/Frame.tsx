import { useState } from "react";
import { ChannelPage } from "../channels/ChannelPage.tsx";
import { Home } from "../channels/Home.tsx";
import { lastChannel } from "../channels/last_channel.ts";
import { Sidebar } from "../channels/Sidebar.tsx";
import { useWatched } from "../device/use_watched.ts";
import { useShortcuts } from "../keyboard/use_shortcuts.ts";
import { useRegistration } from "../people/use_registration.ts";
import { useSignedIn } from "../sign_in/session_context.ts";
import { route } from "../start/route.ts";
import { StatusLine } from "../status/StatusLine.tsx";
import { Drawer } from "./Drawer.tsx";
import { later } from "./later.ts";
import { Soon } from "./Soon.tsx";

const CreateChannel = later(async () => (await import("../channels/CreateChannel.tsx")).CreateChannel);
const AskName = later(async () => (await import("../people/AskName.tsx")).AskName);
const ShortcutsDialog = later(async () => (await import("../keyboard/ShortcutsDialog.tsx")).ShortcutsDialog);
const Account = later(async () => (await import("../people/Account.tsx")).Account);

export type PanelName = "members" | "history";

/** Everything that somebody sees who is signed in. */
export function Frame() {
  const { person } = useSignedIn();
  const { asked, register } = useRegistration();
  const at = useWatched(route);
  const channelId = at.at === "channel" ? at.channelId : undefined;
  const [drawer, setDrawer] = useState(false);
  const [dialog, setDialog] = useState<"create" | "account" | "shortcuts">();
  const [panel, setPanel] = useState<PanelName>();
  const close = () => setDialog(undefined);
  useShortcuts({
    help: () => setDialog("shortcuts"),
    create: () => setDialog("create"),
    channels: () => {
      setDrawer(true);
      requestAnimationFrame(() => document.querySelector<HTMLElement>('[aria-label="Search channels"]')?.focus());
    },
    panel: (name) => setPanel((open) => (open === name ? undefined : name)),
  });
  const sidebar = (
    <Sidebar
      channelId={channelId}
      onChosen={() => setDrawer(false)}
      onCreate={() => setDialog("create")}
      onAccount={() => setDialog("account")}
    />
  );
  return (
    <div className="flex h-dvh flex-col">
      <div className="flex min-h-0 flex-1">
        <Drawer open={drawer} onClose={() => setDrawer(false)}>
          {sidebar}
        </Drawer>
        {channelId === undefined ? (
          <Home
            onOpenChannels={() => setDrawer(true)}
            onCreate={() => setDialog("create")}
            last={lastChannel(person.id)}
          />
        ) : (
          <ChannelPage
            key={channelId}
            channelId={channelId}
            panel={panel}
            onPanel={setPanel}
            onOpenChannels={() => setDrawer(true)}
          />
        )}
      </div>
      <StatusLine onShortcuts={() => setDialog("shortcuts")} />
      <Soon>
        {dialog === "create" && <CreateChannel onClose={close} />}
        {dialog === "account" && <Account onClose={close} />}
        {dialog === "shortcuts" && <ShortcutsDialog onClose={close} />}
        {asked !== undefined && <AskName refusal={asked.refusal} register={register} />}
      </Soon>
    </div>
  );
}
