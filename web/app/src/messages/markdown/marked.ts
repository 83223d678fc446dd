import type { Part } from "../../people/mentions.ts";

/** As much of an HTML tree's node as is needed here. */
interface Node {
  type: string;
  tagName?: string;
  value?: string;
  properties?: Record<string, string>;
  children?: Node[];
}

/** Marks people who are mentioned, after everything foreign was taken out. Not in code, and not in links. */
export function marked(mentions: (text: string) => readonly Part[]) {
  const walk = (node: Node): void => {
    if (node.children === undefined || node.tagName === "code" || node.tagName === "a") return;
    node.children = node.children.flatMap((child) => (child.type === "text" ? parts(child.value ?? "") : [child]));
    for (const child of node.children) if (child.properties?.["data-mention"] === undefined) walk(child);
  };
  const parts = (text: string): Node[] =>
    mentions(text).map((part) =>
      typeof part === "string"
        ? { type: "text", value: part }
        : {
            type: "element",
            tagName: "span",
            properties: { "data-mention": part.userId },
            children: [{ type: "text", value: part.shown }],
          },
    );
  return (tree: Node): void => walk(tree);
}
