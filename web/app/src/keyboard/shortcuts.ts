/** What the keyboard does, for the help and for whoever reads the code. */
export const shortcuts = [
  [
    "Anywhere",
    [
      ["?", "show this"],
      ["Ctrl K", "search channels"],
      ["Alt N", "create a channel"],
      ["Alt M", "members"],
      ["Alt H", "history"],
      ["Escape", "close, or back to writing"],
    ],
  ],
  [
    "While writing",
    [
      ["Enter", "send"],
      ["Shift Enter", "a new line"],
      ["@", "mention somebody"],
      ["↑ in an empty field", "to the newest message"],
    ],
  ],
  [
    "On a message",
    [
      ["↑ ↓", "to the next one"],
      ["Home End", "to the first, to the newest"],
      ["R", "reply"],
      ["+", "react"],
      ["E", "edit"],
      ["Delete", "delete"],
    ],
  ],
] as const;
