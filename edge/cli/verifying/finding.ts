/** Something that is not as it should be. `what` names it: `event channel-general 17`, `view allusers`. */
export interface Finding {
  readonly code:
    | "record_damaged"
    | "stream_unreadable"
    | "command_out_of_order"
    | "verdict_differs"
    | "verdict_impossible"
    | "event_differs"
    | "event_missing"
    | "event_unexplained"
    | "event_unreadable"
    | "snapshot_differs"
    | "claim_not_held"
    | `view_${"differs" | "behind" | "ahead" | "missing" | "extra" | "unreadable" | "unfoldable"}`;
  readonly what: string;
  readonly message: string;
}
