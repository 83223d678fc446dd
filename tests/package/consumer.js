// What a project does with the package. Each project of package.test.ts has this file, and has to say the same.
import { load } from "@crowbar/domain/chat";

const noon = 1_700_000_000_000;
const context = { at: noon, actor: { id: "ada", roles: [] } };
const uuid = (number) => `00000000-0000-7000-8000-${String(number).padStart(12, "0")}`;

export async function consume(options) {
  const chat = await load(options);
  const channel = chat.open("channel", "channel-general");
  const create = { type: "create_channel", data: { name: "general", description: "" } };
  const send = { type: "send_message", data: { messageId: "m1", text: "hello \u{1f44b}" } };
  const verdicts = [create, send].map((command, index) => {
    const verdict = channel.decide({ id: uuid(index), stream: channel.stream, ...command }, context);
    channel.evolve(verdict);
    return verdict;
  });
  const view = chat.view("messages/general/1");
  view.project(verdicts.flatMap(({ events }) => events));
  const page = new TextDecoder().decode(view.bytes());
  view.close();
  channel.close();
  return JSON.stringify({ hash: chat.hash, verdicts, page });
}
