import type { Client, CommandBody, Rejected, Sent, Waiting } from "@crowbar/client";
import { hooksOf } from "@crowbar/client/react";
import type { AggregateName } from "@crowbar/domain";
import type { Types } from "@crowbar/domain/chat/url";

/** The hooks of the client, narrowed to the chat. */
export const { useAggregate, useView, useSend, useRejected, useWaiting, useSyncStatus, useClient } = hooksOf<Types>();

export type ChatClient = Client<Types>;
export type ChatCommand<A extends AggregateName<Types> = AggregateName<Types>> = CommandBody<Types, A>;
export type ChatRejected<A extends AggregateName<Types> = AggregateName<Types>> = Rejected<Types, A>;
export type ChatSent<A extends AggregateName<Types> = AggregateName<Types>> = Sent<Types, A>;
export type ChatWaiting = Waiting<Types>;
