import { useState } from "react";
import { Button } from "../layout/Button.tsx";
import icon from "../layout/icon.svg";
import { Refusal } from "../layout/Refusal.tsx";
import type { Session } from "./session.ts";

/** Whoever is not signed in sees this, and after signing out. */
export function SignInScreen({
  session,
  problem: told,
}: {
  readonly session: Session;
  readonly problem?: string | undefined;
}) {
  const [problem, setProblem] = useState(told);
  const [leaving, setLeaving] = useState(false);
  const left = location.pathname === "/signed-out";
  const signIn = async () => {
    setLeaving(true);
    setProblem(await session.signIn());
    setLeaving(false);
  };
  return (
    <main className="grid h-full place-items-center overflow-y-auto bg-sunken p-5">
      <div className="w-full max-w-md rounded-3xl border border-line bg-raised p-8 sm:p-10">
        <img src={icon} alt="" width={56} height={56} />
        <h1 className="mt-6 text-balance font-semibold text-2xl leading-tight">
          {left ? "You are signed out" : "Crowbar"}
        </h1>
        <p className="mt-3 text-faint">
          {left
            ? "What you had not sent yet stays on this device for when you come back."
            : "A chat that answers at once, works offline, and says why when the answer is no."}
        </p>
        <Button look="main" className="mt-8 w-full" onClick={signIn} disabled={leaving}>
          {leaving ? "One moment" : "Sign in"}
        </Button>
        {problem !== undefined && (
          <div className="mt-4">
            <Refusal>{problem}</Refusal>
          </div>
        )}
      </div>
    </main>
  );
}
