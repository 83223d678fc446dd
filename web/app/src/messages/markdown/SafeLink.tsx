import type { ReactNode } from "react";

const schemes = new Set(["http:", "https:", "mailto:"]);

/** The address, where it is one that a message may lead to: http, https or mailto, and whole. */
export function safeAddress(address: string): string | undefined {
  try {
    const { protocol, href } = new URL(address);
    return schemes.has(protocol) ? href : undefined;
  } catch {
    return undefined;
  }
}

/** A link that leads out, or its words alone where it would lead elsewhere. */
export function SafeLink({ href, children }: { readonly href: string | undefined; readonly children?: ReactNode }) {
  const address = href === undefined ? undefined : safeAddress(href);
  if (address === undefined) return <span>{children}</span>;
  return (
    <a href={address} title={address} target="_blank" rel="noopener noreferrer" className="text-accent underline">
      {children}
    </a>
  );
}
