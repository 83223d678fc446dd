// The chat's wire, as types. Text names on the right are those of the stored contract.

export type UserOrder =
  | { readonly type: "register_user"; readonly data: { readonly name: string; readonly email?: string | undefined } }
  | { readonly type: "rename_user"; readonly data: { readonly name: string } };

type Nothing = Readonly<Record<string, never>>;

export type ChannelOrder =
  | { readonly type: "create_channel"; readonly data: { readonly name: string; readonly description: string } }
  | { readonly type: "rename_channel"; readonly data: { readonly name: string } }
  | { readonly type: "describe_channel"; readonly data: { readonly description: string } }
  | { readonly type: "archive_channel" | "join_channel" | "leave_channel"; readonly data: Nothing }
  | { readonly type: "send_message"; readonly data: Sent }
  | { readonly type: "edit_message"; readonly data: { readonly messageId: string; readonly text: string } }
  | { readonly type: "delete_message"; readonly data: { readonly messageId: string } }
  | { readonly type: "add_reaction" | "remove_reaction"; readonly data: Reaction };

export type Order = UserOrder | ChannelOrder;

export type Sent = { readonly messageId: string; readonly text: string; readonly replyTo?: string | undefined };
export type Reaction = { readonly messageId: string; readonly emoji: string };

export type UserFact =
  | { readonly type: "user_registered"; readonly data: { readonly name: string; readonly email?: string | undefined } }
  | { readonly type: "user_renamed"; readonly data: { readonly name: string } };

export type ChannelFact =
  // Schema 1 of channel_created had no description, or an optional one.
  | {
      readonly type: "channel_created";
      readonly data: { readonly name: string; readonly description?: string | undefined };
    }
  | { readonly type: "channel_renamed"; readonly data: { readonly name: string } }
  | { readonly type: "channel_described"; readonly data: { readonly description: string } }
  | { readonly type: "channel_archived"; readonly data: Nothing }
  | { readonly type: "user_joined_channel" | "user_left_channel"; readonly data: { readonly userId: string } }
  | { readonly type: "message_sent"; readonly data: Sent }
  | { readonly type: "message_edited"; readonly data: { readonly messageId: string; readonly text: string } }
  | { readonly type: "message_deleted"; readonly data: { readonly messageId: string } }
  | { readonly type: "reaction_added" | "reaction_removed"; readonly data: Reaction };

export type Fact = UserFact | ChannelFact;

export type Actor = { readonly id: string; readonly roles: readonly string[] };

export type Context = {
  readonly at: number;
  readonly actor: { readonly id: string; readonly roles?: readonly string[] | undefined };
  readonly facts?: { readonly claimed?: readonly string[] | undefined } | undefined;
};

export type Command = {
  readonly id: string;
  readonly stream: string;
  readonly expectedVersion?: number | undefined;
} & Order;

export type Envelope = {
  readonly id: string;
  readonly stream: string;
  readonly version: number;
  readonly schema: number;
  readonly at: number;
  readonly actor: Actor;
  readonly command: string;
  readonly domain: string;
};
export type Event = Envelope & Fact;

export type Claim =
  | { readonly key: string; readonly action: "take"; readonly rejection: string }
  | { readonly key: string; readonly action: "release" };

export type Accepted = {
  readonly accepted: true;
  readonly stream: string;
  readonly version: number;
  readonly events: readonly Event[];
  readonly claims?: readonly Claim[];
};
export type Refused = { readonly accepted: false; readonly rejection: { readonly code: string } };
export type Verdict = Accepted | Refused;

/** What a decider answers: the code of a rejection, or what happened (nothing: already so) and the names it claims. */
export type Decision<F extends Fact> = string | { readonly facts: readonly F[]; readonly claims?: readonly Claim[] };
