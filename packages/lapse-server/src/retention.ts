/** ISO 8601. */
type Instant = string;

/** What a change of the retention would delete; changes nothing. */
export type PreviewRetention = { readonly retentionSeconds: number };

export type RetentionPreview = {
  readonly retentionSeconds: number;
  readonly proposedSeconds: number;
  readonly messages: number;
  readonly conversations: readonly {
    readonly conversationId: string;
    readonly messages: number;
    readonly oldestSentAt: Instant;
  }[];
  readonly oldestSentAt: Instant | null;
  /** False: time ran out, and these are the least that would go. */
  readonly complete: boolean;
};

export type PurgeStatus = {
  readonly retentionSeconds: number;
  /** Null where only the stores' own time to live deletes. */
  readonly boundSeconds: number | null;
  /** Seconds; 0: nothing that has expired is there. */
  readonly oldestExpiredItemAge: number;
  readonly withinBound: boolean | null;
  /** The last ones of each sweeper, the newest first. */
  readonly runs: readonly {
    readonly sweeper: number;
    /** How many sweepers there are. */
    readonly of: number;
    readonly startedAt: Instant;
    readonly endedAt: Instant;
    readonly conversations: number;
    readonly messagesDeleted: number;
    readonly failures: number;
    /** False: time ran out before all that was due had been seen to. */
    readonly complete: boolean;
    readonly oldestExpiredItemAge: number;
  }[];
};
