import type { Context, Decision, UserFact, UserOrder } from "./contract.ts";
import { isEmail, isUserName, trimmed } from "./text.ts";

export type User = { readonly id: string; name: string | undefined };

export const newUser = (id: string): User => ({ id, name: undefined });

export const decideUser = (state: User, order: UserOrder, context: Context): Decision<UserFact> => {
  if (state.id !== context.actor.id) return "not_yourself";
  switch (order.type) {
    case "register_user": {
      if (state.name !== undefined) return "user_already_registered";
      const name = trimmed(order.data.name);
      if (!isUserName(name)) return "user_name_invalid";
      const { email } = order.data;
      if (email === undefined) return { facts: [{ type: "user_registered", data: { name } }] };
      if (!isEmail(email)) return "email_invalid";
      return { facts: [{ type: "user_registered", data: { name, email } }] };
    }
    case "rename_user": {
      if (state.name === undefined) return "user_not_registered";
      const name = trimmed(order.data.name);
      if (!isUserName(name)) return "user_name_invalid";
      return { facts: name === state.name ? [] : [{ type: "user_renamed", data: { name } }] };
    }
  }
};

export const evolveUser = (state: User, fact: UserFact): User => {
  state.name = fact.data.name;
  return state;
};
