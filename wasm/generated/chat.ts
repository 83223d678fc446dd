// Written by `npm run generate` from the describe() of domain/chat. Do not edit.

/** What may be asked of each aggregate: the data of each type of command. */
export interface Commands {
  /** A place where people talk. */
  readonly channel: {
    /** Say something in a channel. */
    readonly send_message: {
      /** chosen by the sender; sending it again changes nothing; an id */
      readonly messageId: string;
      /** trimmed; 1 to 4000 code points */
      readonly text: string;
      /** the message that this one answers; an id */
      readonly replyTo?: string;
    };
    /** Change what one has said. */
    readonly edit_message: {
      /** a message of one's own; an id */
      readonly messageId: string;
      /** trimmed; 1 to 4000 code points */
      readonly text: string;
    };
    /** Take a message back. The channel's owner may take back any. */
    readonly delete_message: {
      /** the message; an id */
      readonly messageId: string;
    };
    /** React to a message. */
    readonly add_reaction: {
      /** the message; an id */
      readonly messageId: string;
      /** one emoji (UTS #51); 1 to 32 code points */
      readonly emoji: string;
    };
    /** Take a reaction of one's own back. */
    readonly remove_reaction: {
      /** the message; an id */
      readonly messageId: string;
      /** the emoji; 1 to 32 code points */
      readonly emoji: string;
    };
    /** Become a member of a channel. */
    readonly join_channel: { readonly [key: string]: never };
    /** Stop being a member. */
    readonly leave_channel: { readonly [key: string]: never };
    /** Open a channel. Who creates it owns it and is its first member. */
    readonly create_channel: {
      /** of a-z, 0-9, - and _; one living channel has it; 1 to 80 code points */
      readonly name: string;
      /** what it is for; 0 to 250 code points */
      readonly description: string;
    };
    /** Give a channel another name. */
    readonly rename_channel: {
      /** of a-z, 0-9, - and _; one living channel has it; 1 to 80 code points */
      readonly name: string;
    };
    /** Say what a channel is for. */
    readonly describe_channel: {
      /** what it is for; 0 to 250 code points */
      readonly description: string;
    };
    /** Close a channel for good. Its name is free again. */
    readonly archive_channel: { readonly [key: string]: never };
  };
  /** A person and what they call themselves. */
  readonly user: {
    /** Give oneself a name. */
    readonly register_user: {
      /** trimmed; 1 to 80 code points */
      readonly name: string;
      /** an address; 3 to 254 code points */
      readonly email?: string;
    };
    /** Give oneself another name. */
    readonly rename_user: {
      /** trimmed; 1 to 80 code points */
      readonly name: string;
    };
  };
}

/** What can have happened: the data of each type of event, in its shape of today. */
export interface Events {
  /** A place where people talk. */
  readonly channel: {
    /** Something was said. */
    readonly message_sent: {
      /** the message; an id */
      readonly messageId: string;
      /** trimmed */
      readonly text: string;
      /** the message that it answers; an id */
      readonly replyTo?: string;
    };
    /** A message was changed by its author. */
    readonly message_edited: {
      /** the message; an id */
      readonly messageId: string;
      /** what it says from now on */
      readonly text: string;
    };
    /** A message was taken back, and the reactions to it. */
    readonly message_deleted: {
      /** the message; an id */
      readonly messageId: string;
    };
    /** Somebody reacted to a message. */
    readonly reaction_added: {
      /** the message; an id */
      readonly messageId: string;
      /** one emoji */
      readonly emoji: string;
    };
    /** Somebody took a reaction back. */
    readonly reaction_removed: {
      /** the message; an id */
      readonly messageId: string;
      /** the emoji */
      readonly emoji: string;
    };
    /** Somebody became a member. */
    readonly user_joined_channel: {
      /** who; an id */
      readonly userId: string;
    };
    /** Somebody stopped being a member. */
    readonly user_left_channel: {
      /** who; an id */
      readonly userId: string;
    };
    /** A channel was opened; its actor owns it. (schema 2) */
    readonly channel_created: {
      /** its name */
      readonly name: string;
      /** what it is for */
      readonly description: string;
    };
    /** A channel got another name. */
    readonly channel_renamed: {
      /** its name from now on */
      readonly name: string;
    };
    /** It was said what a channel is for. */
    readonly channel_described: {
      /** what it is for */
      readonly description: string;
    };
    /** A channel was closed. */
    readonly channel_archived: { readonly [key: string]: never };
  };
  /** A person and what they call themselves. */
  readonly user: {
    /** Somebody gave themselves a name. */
    readonly user_registered: {
      /** trimmed */
      readonly name: string;
      /** an address */
      readonly email?: string;
    };
    /** Somebody gave themselves another name. */
    readonly user_renamed: {
      /** trimmed */
      readonly name: string;
    };
  };
}

/** Why a rule may say no: frozen codes. The catalogue has their sentences. */
export interface Rejections {
  /** A place where people talk. */
  readonly channel:
    | "channel_not_found"
    | "channel_already_exists"
    | "channel_archived"
    | "channel_name_invalid"
    | "channel_name_taken"
    | "description_too_long"
    | "not_the_owner"
    | "not_a_member"
    | "not_the_author"
    | "text_empty"
    | "text_too_long"
    | "message_id_taken"
    | "message_not_found"
    | "message_deleted"
    | "emoji_invalid"
    | "too_many_reactions"
    | "reaction_not_found";
  /** A person and what they call themselves. */
  readonly user:
    | "not_yourself"
    | "user_already_registered"
    | "user_not_registered"
    | "user_name_invalid"
    | "email_invalid";
}

/** What the rules ask the server to find out: the `facts` of a context. */
export interface Facts {
  /** A place where people talk. */
  readonly channel: {
    /** keys of claims that other streams are known to hold */
    readonly claimed?: readonly string[];
  };
  /** A person and what they call themselves. */
  readonly user: { readonly [key: string]: never };
}

/** A living channel. */
export interface AllchannelsRow {
  /** of the channel; an id */
  readonly id: string;
  /** its name */
  readonly name: string;
  /** what it is for */
  readonly description: string;
  /** how many members it has; 0 or more */
  readonly users: number;
  /** who created it; an id */
  readonly owner: string;
  /** when it was created; ms since 1970 */
  readonly createdAt: number;
}

/** A registered person. */
export interface AllusersRow {
  /** what they call themselves */
  readonly name: string;
}

/** A channel. */
export interface ChannelRow {
  /** of the channel; an id */
  readonly id: string;
  /** its name */
  readonly name: string;
  /** what it is for */
  readonly description: string;
  /** who created it; an id */
  readonly owner: string;
  /** closed for good */
  readonly archived: boolean;
  /** in order of joining */
  readonly members: readonly string[];
  /** how many were ever sent; 0 or more */
  readonly messages: number;
  /** how many pages of messages there are; 0 or more */
  readonly pages: number;
}

/** What somebody said. */
export interface MessagesRow {
  /** of the message; an id */
  readonly messageId: string;
  /** who said it; an id */
  readonly userId: string;
  /** what it says now; empty where it was deleted */
  readonly text: string;
  /** when it was sent; ms since 1970 */
  readonly at: number;
  /** when it was last edited; ms since 1970 */
  readonly editedAt?: number;
  /** true where it was deleted */
  readonly deleted?: boolean;
  /** the message that it answers; an id */
  readonly replyTo?: string;
  /** emoji → who reacted, both in order of reacting */
  readonly reactions: { readonly [key: string]: readonly string[] };
}

/** What is in the `data` of each view, by the name that its key begins with. */
export interface Views {
  /** `allchannels`: The living channels, in order of creation. */
  readonly allchannels: readonly AllchannelsRow[];
  /** `allusers`: Everybody who is registered, by id. */
  readonly allusers: { readonly [key: string]: AllusersRow };
  /** `channel/<channelId>`: One channel and its members. */
  readonly channel: ChannelRow | null;
  /** `messages/<channelId>/<page>`: What was said in a channel, in order of sending. */
  readonly messages: readonly MessagesRow[];
}

/** The keys of the views. */
export type ViewKey =
  | "allchannels"
  | "allusers"
  | `channel/${string}`
  | `messages/${string}/${number}`;
