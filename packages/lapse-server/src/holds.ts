/** ISO 8601. */
type Instant = string;

export type HoldTarget =
  | { readonly kind: 'user'; readonly userId: string }
  | { readonly kind: 'conversation'; readonly conversationId: string };

/** A new hold needs `reason` and `authority`; the same target again says how far it is, and changes what is given. */
export type PlaceHold = (
  | {
      readonly kind: 'user';
      readonly userId: string;
      /** Also somebody of whom nothing is known yet. */
      readonly allowUnknown?: true;
    }
  | { readonly kind: 'conversation'; readonly conversationId: string }
) & {
  readonly reason?: string;
  readonly authority?: string;
  /** When it lifts itself; absent: when it is released. */
  readonly endsAt?: Instant;
};

export type Hold = {
  readonly target: HoldTarget;
  /** `placing`: what was being deleted before may still go. */
  readonly state: 'placing' | 'held' | 'releasing' | 'none';
  /** Before then it is not `held`: ask again at that time. */
  readonly heldNotBefore?: Instant;
  readonly since: Instant | null;
  readonly keeps: readonly ('messages' | 'profile')[];
  /** Of how many items the time to live has been taken off, or put back. */
  readonly moved: number;
  readonly grounds?: { readonly reason: string; readonly authority: string; readonly endsAt?: Instant };
  readonly remaining: 'walk' | 'second look' | 'nothing';
};
