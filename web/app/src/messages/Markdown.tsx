import { useMemo } from "react";
import ReactMarkdown, { type Components, type Options } from "react-markdown";
import rehypeSanitize from "rehype-sanitize";
import remarkGfm from "remark-gfm";
import { useOpenChannel } from "./channel_context.ts";
import { Mention } from "./Mention.tsx";
import { asChat } from "./markdown/as_chat.ts";
import { marked } from "./markdown/marked.ts";
import { SafeLink, safeAddress } from "./markdown/SafeLink.tsx";

const heading = ({ children }: { readonly children?: React.ReactNode }) => (
  <p className="mt-1 font-semibold text-lg">{children}</p>
);

const components: Components = {
  a: ({ href, children }) => <SafeLink href={href}>{children}</SafeLink>,
  // Nothing is loaded from elsewhere for having been said here.
  img: ({ src, alt }) => <SafeLink href={typeof src === "string" ? src : undefined}>{alt || src}</SafeLink>,
  input: ({ checked }) => <span>{checked ? "☑" : "☐"}</span>,
  h1: heading,
  h2: heading,
  h3: heading,
  h4: heading,
  h5: heading,
  h6: heading,
  // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever scrolls by keyboard has to reach it.
  pre: ({ children }) => <pre tabIndex={0}>{children}</pre>,
  table: ({ children }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: as above.
    <div className="scrolled" tabIndex={0}>
      <table>{children}</table>
    </div>
  ),
  span: ({ children, ...rest }) => {
    const userId = (rest as { readonly "data-mention"?: string })["data-mention"];
    return userId === undefined ? <span>{children}</span> : <Mention userId={userId} shown={String(children)} />;
  },
};

const remark: Options["remarkPlugins"] = [[remarkGfm, { singleTilde: false }], asChat];

/** Markdown, with no HTML in it, and with links that lead out safely. */
export function Markdown({ text }: { readonly text: string }) {
  const { mentions } = useOpenChannel();
  const rehype: Options["rehypePlugins"] = useMemo(() => [rehypeSanitize, [marked, mentions]], [mentions]);
  return (
    <div dir="auto">
      <ReactMarkdown
        remarkPlugins={remark}
        rehypePlugins={rehype}
        components={components}
        urlTransform={(url) => safeAddress(url) ?? ""}
      >
        {text}
      </ReactMarkdown>
    </div>
  );
}
