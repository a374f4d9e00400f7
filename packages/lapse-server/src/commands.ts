/** Epoch milliseconds. */
type Millis = number;
/** Epoch seconds. */
type Seconds = number;
/** ISO 8601. */
type Instant = string;

export type TextContent = { readonly type: 'text'; readonly text: string };

export type SendMessage = {
  /** One of your senders, such as `bot:support`. */
  readonly from: string;
  readonly conversationId: string;
  readonly content: TextContent;
  /** The same message again under the same id is not sent twice. */
  readonly id: string;
  /** The number of a message there. */
  readonly replyTo?: number;
  /** Members, at most 32. */
  readonly mentions?: readonly string[];
};

export type SentMessage = {
  readonly conversationId: string;
  readonly seq: number;
  readonly sentAt: Millis;
  readonly expiresAt: Seconds;
  readonly stored: boolean;
  /** It was sent before. */
  readonly duplicate?: true;
  /** It looks like sensitive data, and your configuration wants that flagged. */
  readonly flagged?: true;
};

export type EraseMessage = { readonly conversationId: string; readonly seq: number };

/** Under way: its receipt is among the author's. */
export type RequestedErasure = {
  readonly userId: string;
  readonly requestId: string;
  readonly state: 'accepted' | 'refused in part';
};

export type Kind = 'direct' | 'group' | 'room';
export type Role = 'owner' | 'admin' | 'member';

export type OpenConversation = {
  /** In the name of this sender, who is in it if `members` names it. */
  readonly by: string;
  readonly kind: Kind;
  /** Of a room none. */
  readonly members: readonly string[];
  /** The same again under the same id is the same group or room. */
  readonly id: string;
  readonly title?: string;
  /** Seconds, no more than your configuration's. */
  readonly retention?: number;
  readonly history?: 'start' | 'joining';
  readonly afterLeaving?: 'keep' | 'nothing';
};

export type OpenedConversation = {
  readonly conversationId: string;
  readonly kind: Kind;
  readonly members: readonly string[];
  readonly lastSeq: number;
  /** Of those: who has not agreed to take part yet, and is no member before they do. */
  readonly waiting?: readonly string[];
  readonly flagged?: true;
};

type Act = {
  /** In the name of this sender, who need not be in it. */
  readonly by: string;
  readonly conversationId: string;
  readonly id: string;
};

export type ChangeMembers = Act &
  (
    | { readonly add?: readonly string[]; readonly remove?: readonly string[] }
    | { readonly role: { readonly userId: string; readonly role: Role } }
    | { readonly close: true }
  );

export type Members = {
  readonly members: readonly string[];
  readonly roles: Readonly<Record<string, 'owner' | 'admin'>>;
  readonly revision: number;
  /** The `cursor` of the following page of `showConversation`. */
  readonly next?: string;
  readonly waiting?: readonly string[];
};

/** `null` takes it away. */
export type ChangeTitle = Act & { readonly title: string | null };
export type ChangedTitle = { readonly title: string | null; readonly flagged?: true };

export type ShowConversation = { readonly conversationId: string; readonly cursor?: string };

export type ShownConversation = Members & {
  readonly conversationId: string;
  readonly kind: Kind;
  readonly createdAt: Millis;
  readonly memberCount: number;
  readonly lastSeq: number;
  readonly closedAt?: Millis;
  readonly waiting: readonly string[];
};

export type ErasureTarget =
  | { readonly scope: 'account' }
  | { readonly scope: 'profile' }
  | { readonly scope: 'conversation'; readonly conversationId: string }
  | { readonly scope: 'message'; readonly conversationId: string; readonly seq: number };

export type EraseUser = { readonly userId: string; readonly target: ErasureTarget };

export type ReceiptLine = {
  readonly store: string;
  readonly outcome: 'erased' | 'kept' | 'ages out' | 'not concerned' | 'held';
  readonly deleted: number;
  /** What a fresh look found. */
  readonly found: number;
  /** How many of these a legal hold keeps. */
  readonly held: number;
  readonly lateDeleted?: number;
  /** When the last of what remains there is gone by itself. */
  readonly until?: Instant;
};

export type Receipt = ErasureTarget & {
  readonly requestId: string;
  readonly state: 'accepted' | 'refused in part' | 'done';
  readonly requestedBy: 'user' | 'operator';
  readonly requestedAt: Instant;
  readonly finishedAt: Instant;
  readonly stores: readonly ReceiptLine[];
};

export type OpenErasure = ErasureTarget & {
  readonly requestId: string;
  readonly state: 'accepted' | 'refused in part';
  readonly requestedAt: Instant;
};

export type Erasures = {
  readonly userId: string;
  readonly open: readonly OpenErasure[];
  /** Oldest first. */
  readonly receipts: readonly Receipt[];
};

export type RecordConsent = {
  readonly userId: string;
  readonly policyVersion: string;
  /** ISO 3166, such as `KR`. */
  readonly jurisdiction: string;
} & ({ readonly birthDate: string } | { readonly ageMet: true } | { readonly ageAttested: true });

export type Consent = {
  readonly userId: string;
  readonly state: 'none' | 'granted' | 'stale' | 'withdrawn';
  readonly policyVersion: string;
  readonly entries: readonly ConsentEntry[];
};

export type ConsentEntry = {
  /** 1, 2, 3 … */
  readonly entry: number;
  readonly decision: 'granted' | 'withdrawn';
  readonly policyVersion: string;
  readonly decidedAt: Millis;
  readonly jurisdiction?: string;
  readonly minimumAge?: number;
  readonly ageDecidedBy?: 'declared' | 'operator' | 'attested';
};

/** Messages of one conversation of another system, the earliest first: at most 250. */
export type ImportBatch = {
  readonly conversation: {
    /** Its own there: the same one again is the same conversation. */
    readonly id: string;
    readonly kind: 'direct' | 'group';
    readonly members: readonly string[];
    readonly title?: string;
    readonly retention?: number;
    readonly history?: 'start' | 'joining';
    readonly afterLeaving?: 'keep' | 'nothing';
  };
  readonly messages: readonly {
    /** Its own there: the same one of the same author again is the same message. */
    readonly id: string;
    readonly from: string;
    readonly sentAt: Millis;
    readonly text: string;
  }[];
  /** Nothing more of it comes: what was imported counts as read. */
  readonly isLast: boolean;
};

export type ImportedBatch = {
  /** Absent where none of its members has agreed yet. */
  readonly conversationId?: string;
  readonly imported: number;
  /** There already. */
  readonly repeated: number;
  readonly refused: Readonly<
    Partial<Record<'ended' | 'future' | 'author' | 'order' | 'sensitive' | 'tooLarge', number>>
  >;
};
