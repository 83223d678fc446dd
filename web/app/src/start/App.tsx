import { ClientProvider } from "@crowbar/client/react";
import { useWatched } from "../device/use_watched.ts";
import { Blank } from "../layout/Blank.tsx";
import { Button } from "../layout/Button.tsx";
import { Frame } from "../layout/Frame.tsx";
import { Loading } from "../layout/Loading.tsx";
import { SignInScreen } from "../sign_in/SignInScreen.tsx";
import { SessionContext } from "../sign_in/session_context.ts";
import { Defect } from "./Defect.tsx";
import { started } from "./started.ts";

export function App() {
  const now = useWatched(started);
  if (now.state === "starting") {
    return (
      <main className="h-full">
        <Loading what="Opening" />
      </main>
    );
  }
  if (now.state === "failed") {
    return (
      <main className="h-full">
        <Blank
          title="Crowbar could not be opened"
          action={
            <Button look="main" onClick={() => location.reload()}>
              Try again
            </Button>
          }
        >
          {now.problem}
        </Blank>
      </main>
    );
  }
  if (now.state === "signed_out") return <SignInScreen session={now.session} problem={now.problem} />;
  return (
    <Defect>
      <SessionContext value={{ session: now.session, person: now.person }}>
        <ClientProvider client={now.client}>
          <Frame key={now.person.id} />
        </ClientProvider>
      </SessionContext>
    </Defect>
  );
}
