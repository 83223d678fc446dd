/** As much of a markdown tree's node as is needed here. */
interface Node {
  type: string;
  value?: string;
  identifier?: string;
  url?: string;
  children?: Node[];
}

/**
 * Markdown as people mean it in a chat: a new line is one; HTML is what was typed, to be read; there are no footnotes, whose
 * ids would be the same in two messages. Nothing that was said is left out.
 */
export function asChat() {
  return (tree: Node): void => walk(tree);
}

function walk(node: Node): void {
  if (node.children === undefined) return;
  node.children = node.children.flatMap((child) => {
    if (child.type === "footnoteReference") return [{ type: "text", value: `[^${child.identifier}]` }];
    if (child.type === "footnoteDefinition") return child.children ?? [];
    if (child.type === "definition") return [child, paragraph(`[${child.identifier}]: ${child.url}`)];
    if (child.type === "html") {
      const value = child.value ?? "";
      return holdsText.has(node.type) ? lines(value) : [paragraph(value)];
    }
    if (child.type === "text") return lines(child.value ?? "");
    return [child];
  });
  for (const child of node.children) if (child.type !== "text") walk(child);
}

const holdsText = new Set(["paragraph", "heading", "emphasis", "strong", "delete", "link", "tableCell"]);

const paragraph = (text: string): Node => ({ type: "paragraph", children: lines(text) });

function lines(text: string): Node[] {
  return text
    .split("\n")
    .flatMap((line, index) => [...(index > 0 ? [{ type: "break" }] : []), { type: "text", value: line }]);
}
