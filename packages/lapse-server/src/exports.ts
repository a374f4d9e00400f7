/** Epoch seconds. */
type Seconds = number;

export type ExportUser = {
  readonly userId: string;
  /** Which of its zips; absent: the first. */
  readonly part?: number;
};

/** A zip of everything held about the user, once it is written: ask again until it is `ready`. */
export type UserExport =
  | { readonly userId: string; readonly requestId: string; readonly state: 'accepted' }
  | {
      readonly userId: string;
      readonly requestId: string;
      readonly state: 'ready';
      /** Whoever has it can fetch it, until `expiresAt`: give it to nobody else. */
      readonly url: string;
      readonly expiresAt: Seconds;
      /** How many zips there are. */
      readonly parts: number;
    };
