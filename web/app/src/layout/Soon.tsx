import { type ReactNode, Suspense } from "react";

/** What is loaded when it is shown first. Where that takes a while it is said, over whatever is there. */
export function Soon({ children }: { readonly children: ReactNode }) {
  return (
    <Suspense
      fallback={
        <p
          role="status"
          className="late -translate-x-1/2 pointer-events-none fixed bottom-24 left-1/2 z-30 flex items-center gap-3 rounded-full border border-line bg-raised px-4 py-2 text-faint shadow-lg"
        >
          <span className="spinner" aria-hidden="true" />
          Loading this part of the app …
        </p>
      }
    >
      {children}
    </Suspense>
  );
}
