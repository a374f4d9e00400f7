/** Epoch milliseconds. */
type Millis = number;
/** Epoch seconds. */
type Seconds = number;

export type ReportReason = 'spam' | 'abuse' | 'illegal' | 'other';
/** `remove` takes the message away from everybody; either ends the report and its copy. */
export type ReportDecision = 'keep' | 'remove';

type AboutMessage = { readonly reportId: string; readonly conversationId: string; readonly seq: number };
type Reasons = Readonly<Record<ReportReason, number>>;

export type ListReports = {
  readonly state: 'open' | 'decided';
  /** The `next` of the page before. */
  readonly after?: string;
};

/** What is open, oldest first, or what was decided, newest first. A page may be empty and have a `next`. */
export type ReportPage = {
  readonly state: 'open' | 'decided';
  readonly reports: readonly (AboutMessage & {
    readonly at: Millis;
    readonly openedAt: Millis;
    /** Decided or not, nobody reads it from then on. */
    readonly expiresAt: Seconds;
    readonly reporters: number;
    readonly reasons: Reasons;
    readonly decision?: ReportDecision;
  })[];
  readonly next?: string;
};

export type Decision = AboutMessage & {
  readonly decision: ReportDecision;
  readonly decidedAt: Millis;
  readonly openedAt: Millis;
  readonly reporters: number;
  readonly reasons: Reasons;
};

export type OpenReport = AboutMessage & {
  readonly state: 'open';
  /** Who wrote it. */
  readonly from: string;
  readonly message: {
    readonly id: string;
    readonly sentAt: Millis;
    /** See the protocol. */
    readonly content: { readonly type: string };
    readonly replyTo?: number;
    readonly mentions?: readonly string[];
  };
  readonly openedAt: Millis;
  readonly expiresAt: Seconds;
  readonly reasons: Reasons;
  /** All that are counted, also those who have erased their accounts since. */
  readonly count: number;
  readonly reporters: readonly {
    readonly userId: string;
    readonly reason: ReportReason;
    readonly reportedAt: Millis;
  }[];
  /** Its media is still being copied: ask again. */
  readonly isCopying: boolean;
  /** Whoever has an address can fetch it, for ten minutes. */
  readonly media: readonly {
    readonly variant: 'original' | 'thumbnail' | 'poster';
    readonly url: string;
    readonly expiresAt: Seconds;
  }[];
};

export type ShownReport = OpenReport | ({ readonly state: 'decided' } & Decision);

export type DecideReport = { readonly reportId: string; readonly decision: ReportDecision };

/** `isRepeat`: it was decided before, and this is what was decided then. */
export type DecidedReport = Decision & { readonly isRepeat: boolean };
