import type { LoadOptions } from "@crowbar/domain/chat";

/** Loads the chat, decides two commands and projects them; answers all of it as one text. */
export declare function consume(options?: LoadOptions): Promise<string>;
