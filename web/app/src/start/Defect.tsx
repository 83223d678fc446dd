import { Component, type ReactNode } from "react";
import { Blank } from "../layout/Blank.tsx";
import { Button } from "../layout/Button.tsx";

/** A defect of the app is said in words; what waits is in the outbox, and drafts are on the device. */
export class Defect extends Component<{ readonly children: ReactNode }, { readonly error?: unknown }> {
  override readonly state: { readonly error?: unknown } = {};

  static getDerivedStateFromError(error: unknown) {
    return { error: error ?? "unknown" };
  }

  override render() {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return (
      <main className="h-full">
        <Blank
          title="Something is wrong on our side"
          action={
            <Button look="main" onClick={() => location.reload()}>
              Open it again
            </Button>
          }
        >
          <p>What you have sent is kept, and so are your drafts.</p>
          <p className="mt-2 font-mono text-sm">{error instanceof Error ? error.message : String(error)}</p>
        </Blank>
      </main>
    );
  }
}
