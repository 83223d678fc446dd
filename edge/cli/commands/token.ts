import { Command } from "commander";
import { SignInFailed, tokenFor } from "../../local/sign_in/walk_sign_in.ts";
import { type Cli, jsonLine } from "../cli.ts";
import { OperationFailed } from "../operation.ts";

const more = `
Signs in at a stack that is running, as a browser would. A name that is new is a new person. For example:
  curl -H "authorization: Bearer $(crowbar token ada)" http://127.0.0.1:8080/views/allchannels.json
`;

export function tokenCommand(cli: Cli): Command {
  const port = process.env.PORT ?? "8080";
  return new Command("token")
    .description("print an access token of the local stack, for curl")
    .argument("<name>", "who signs in")
    .option("--url <url>", "where the stack is", `http://127.0.0.1:${port}`)
    .option("--json", "answer in JSON, with how long the token holds")
    .addHelpText("after", more)
    .action(async (name: string, { url, json }: { readonly url: string; readonly json?: boolean }) => {
      if (!URL.canParse(url)) throw new OperationFailed("usage", `${url} is no URL.`);
      try {
        const tokens = await tokenFor(name, new URL("/auth", url).href);
        const { accessToken, expiresIn, person } = tokens;
        await cli.print(json ? jsonLine({ accessToken, expiresIn, person }) : `${accessToken}\n`);
      } catch (error) {
        if (!(error instanceof SignInFailed)) throw error;
        throw new OperationFailed("unavailable", error.message, { cause: error });
      }
    });
}
