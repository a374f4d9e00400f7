import type { ConversationSummary } from '../../shared/protocol/conversations/table.ts';
import type { MessageBody } from '../../shared/protocol/messages/table.ts';
import type {
  Delivered,
  Erased,
  Erasure,
  MembersChange,
  OtherPush,
  Pinned,
  Presence,
  Read,
  Typing,
} from '../wire/server-frame.ts';
import type { ClientState } from './client-state.ts';

export type ClientEvents = {
  readonly state: ClientState;
  /** Each message once and in the order of its conversation: pushed, missed while away, or one's own after its ack. */
  readonly message: MessageBody;
  /** A page from before has come, by `loadOlder`. */
  readonly older: { readonly conversationId: string };
  /** Messages whose time is over; they are gone from `messages()`. */
  readonly expired: readonly MessageBody[];
  /** How far a member has read; also oneself, on another device. */
  readonly read: Read;
  /** How far messages have come to the devices of another member. */
  readonly delivered: Delivered;
  /** A member is writing. */
  readonly typing: Typing;
  /** A message says something else now, or was taken back; `messages()` has it as it is. */
  readonly changed: MessageBody;
  /** Messages that were erased, by whoever wrote them or with one's account; they are gone from `messages()`. */
  readonly erased: readonly MessageBody[];
  /** A message that is shown has other reactions now: as it is with them. */
  readonly reacted: MessageBody;
  /** A message was pinned or is no longer, by whoever may: `pinned()` lists those there are. Also one that is not among `messages()`. */
  readonly pinned: Pick<Pinned, 'conversationId' | 'seq' | 'on'>;
  /** Of a conversation the numbers of what was erased, also of what this client has never had or has found by a search. */
  readonly gone: Pick<Erased, 'conversationId' | 'seqs'>;
  /** Who is in a group has changed, or as what; also that one is in it no more. */
  readonly members: MembersChange;
  /** Somebody whom the app looks at has come or gone. */
  readonly presence: Presence;
  /** Whom the person blocks, after it has changed here or on another device. */
  readonly blocked: ReadonlySet<string>;
  /** The receipt of an erasure of one's own. */
  readonly erasure: Erasure;
  /** A message that a reply quotes has come, or is gone: see `quoted()`. */
  readonly quoted: undefined;
  readonly conversations: readonly ConversationSummary[];
  /** A push of a kind that this library leaves to the app. */
  readonly push: OtherPush;
};
