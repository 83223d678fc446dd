import { openStack } from "../../edge/local/open_stack.ts";

/** Commands on their way at once. */
const window = 512;
const noon = Date.UTC(2024, 1, 29, 12);
const words =
  "the log moved on and what waits is decided again while a reader scrolls past pages of what others said".split(" ");

/** A command's id that follows from a number: UUIDv8. */
const idOf = (number: number) => `018df4c1-4800-8000-8000-${number.toString(16).padStart(12, "0")}`;

function textOf(number: number): string {
  const length = 3 + ((number * 7919) % 40);
  const text = Array.from({ length }, (_, index) => words[(number * 31 + index * 17) % words.length]).join(" ");
  if (number % 50 === 7) return `${text}\n\n\`\`\`\nconst n = ${number};\n\`\`\``;
  if (number % 20 === 3) return `**${number}** ${text}, see https://example.org/${number}`;
  return `${number} ${text}`;
}

/**
 * Fills a folder with one channel of so many messages of two people, a minute apart, through the commands path. Message
 * `m<number>` counts from 1, and begins with its number.
 */
export async function filled(data: string, channel: string, messages: number): Promise<void> {
  const stack = await openStack({ data });
  const stream = `channel-${channel}`;
  let commands = 0;
  const act = async (actor: string, type: string, of: object, at: number, to = stream) => {
    commands += 1;
    const command = Buffer.from(JSON.stringify({ id: idOf(commands), stream: to, type, data: of }));
    const reply = await stack.commands.submit({ command, actor: { id: actor }, at });
    if (reply.kind === "refused") throw new Error(`${type} was refused: ${reply.refusal.message}`);
  };
  try {
    for (const [id, name] of [
      ["cleo", "Cleo"],
      ["dan", "Dan"],
    ] as const) {
      await act(id, "register_user", { name }, noon, `user-${id}`);
    }
    await act("cleo", "create_channel", { name: channel, description: "Much was said here" }, noon);
    await act("dan", "join_channel", {}, noon);
    for (let from = 1; from <= messages; from += window) {
      const numbers = Array.from({ length: Math.min(window, messages - from + 1) }, (_, index) => from + index);
      await Promise.all(
        numbers.map((number) => {
          const of = { messageId: `m${number}`, text: textOf(number) };
          return act(number % 3 === 0 ? "dan" : "cleo", "send_message", of, noon + (number - messages) * 60_000);
        }),
      );
    }
    await stack.settled();
  } finally {
    await stack.close();
  }
}
