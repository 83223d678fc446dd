/** How the program ends: what a script may ask. Frozen. */
export const exitCodes = {
  done: 0,
  /** `verify` found something, or some input was left out and --strict was given. */
  found: 1,
  /** The command line is wrong, or what it names is not there or not what it should be. */
  usage: 2,
  /** Somebody else has the data, or it cannot be read or written now. */
  unavailable: 3,
  /** A mistake of ours. */
  defect: 70,
  /** Ctrl-C: what was begun goes on when it is run again. */
  interrupted: 130,
} as const;
