import type { ConversationSummary } from '../../../shared/protocol/conversations/table.ts';
import type { MessageBody } from '../../../shared/protocol/messages/table.ts';
import type { ClientFrame } from '../../../shared/protocol/table.ts';

/** What happens to a frame beside its being carried out. */
export type Fault =
  | 'none'
  | 'lose-ack'
  | 'empty-ack'
  | 'drop-before'
  | 'drop-after'
  | 'gateway-error'
  | 'gateway-forbidden'
  | 'gateway-throttled'
  | { readonly code: string; readonly retryable: boolean; readonly retryAfterMs?: number };
export type PushFault = 'none' | 'lose' | 'twice' | 'hold';

export type Link = { send(text: string): void; close(): void };
type Line = { readonly user: string; receive(text: string): void; gone(): void };

/** A Lapse server for the client library: one process, all in memory, with the faults that a test asks for. */
export type FakeLapse = {
  fault: (frame: ClientFrame, user: string) => Fault;
  pushFault: (message: MessageBody, user: string) => PushFault;
  consented: Set<string>;
  stored: boolean;
  /** What it says of it with hello; an earlier server says nothing. */
  reconnectWithinSeconds?: number;
  /** What its list says of a conversation beside what it knows. */
  listed: (summary: ConversationSummary) => ConversationSummary;
  /** Whom its hello says that one blocks. */
  blocked: readonly string[];
  pageSize: number;
  membersPage: number;
  /** How many zips of an export there are to be fetched; 0: it is still being written. */
  exportedParts: number;
  readonly frames: ClientFrame[];
  readonly tokens: string[];
  /** Undefined refuses the handshake. */
  accept(protocols: readonly string[], link: Link): Line | undefined;
  refuse: (token: string) => boolean;
  post(from: string, conversationId: string, text: string, id?: string): MessageBody;
  create(conversationId: string, members: readonly string[]): void;
  /** Tells nobody: whoever is to know is pushed to. */
  erase(conversationId: string, seq: number): void;
  list(conversationId: string): readonly MessageBody[];
  push(user: string, frame: object): void;
  /** Sends the held pushes, the last first. */
  release(): void;
  dropAll(): void;
  connections(): number;
};
