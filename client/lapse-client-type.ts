import type { ConsentResult } from '../shared/protocol/consent/table.ts';
import type {
  ConversationSummary,
  MembersResult,
  OpenResult,
  TitleResult,
} from '../shared/protocol/conversations/table.ts';
import type { EraseResult } from '../shared/protocol/erasure/table.ts';
import type { Content, EditedContent } from '../shared/protocol/messages/frames.ts';
import type {
  EditResult,
  MessageBody,
  RecallResult,
  SearchResult,
  SendResult,
} from '../shared/protocol/messages/table.ts';
import type { Platform } from '../shared/protocol/notifications/frames.ts';
import type { PushTokenResult } from '../shared/protocol/notifications/table.ts';
import type { PinResult } from '../shared/protocol/pins/table.ts';
import type { Profile, ProfileResult } from '../shared/protocol/profile/table.ts';
import type { ReactResult } from '../shared/protocol/reactions/table.ts';
import type { ReportReason } from '../shared/protocol/safety/report-reasons.ts';
import type { Cursors } from '../shared/protocol/session/frames.ts';
import type { Device, HelloResult } from '../shared/protocol/session/table.ts';
import type { Settings } from '../shared/protocol/settings/table.ts';
import type { Arrangement } from './conversations/conversation-store.ts';
import type { Outgoing } from './conversations/outbox.ts';
import type { Receipts } from './conversations/receipt-marks.ts';
import type { ClientEvents } from './events/client-events.ts';
import type { ClientState } from './events/client-state.ts';
import type { Listener } from './events/emitter.ts';
import type { DownloadMedia } from './media/download-media.ts';
import type { GivenMedia, Upload } from './media/upload-media.ts';
import type { ExportedData } from './privacy/export-data.ts';
import type { Fields, Request } from './wire/actions.ts';
import type { Presence } from './wire/server-frame.ts';

export type SendOptions = {
  /** The idempotency key; give one to repeat a send of an earlier run of the app. */
  readonly id?: string;
  readonly replyTo?: number;
  readonly mentions?: string[];
  /** `@all`: everybody, where one's role allows it. */
  readonly mentionsAll?: true;
};
/** One of these, or `add` and `remove` together. */
export type MembersAct = Omit<Fields<'members'>, 'conversationId' | 'cursor'>;
export type SearchPage = Pick<Fields<'search'>, 'before' | 'limit'>;
type Grant = Omit<Extract<Fields<'consent'>, { decision: 'grant' }>, 'decision'>;

/** `null` takes a field away; one that is not named stays. */
export type ProfileChange = NonNullable<Fields<'profile'>['set']>;

/** Where a message stands. */
export type MessagePlace = { readonly conversationId: string; readonly seq: number };

/** `device` is the app's own name for this installation, which stays when the token changes. */
export type PushRegistration = {
  readonly device: string;
  readonly platform: Platform;
  readonly token: string;
};
export type PushDevices = PushTokenResult['devices'];

export type LapseClient = {
  connect(): void;
  /** What is still in the outbox is rejected. */
  close(): void;
  /**
   * Worth a call when the network is back, the app is looked at again or the person asks: a try that waits for its time
   * begins at once, and a connection that may have died unnoticed is tested.
   */
  wake(): void;
  /** The server's time in milliseconds, by which messages end. */
  now(): number;
  state(): ClientState;
  /** What the server said last: who one is, the retention, the limits. */
  hello(): HelloResult | undefined;
  /** Returns the function that takes the listener away again. */
  on<Name extends keyof ClientEvents>(name: Name, listener: Listener<ClientEvents[Name]>): () => void;
  /** Resolves when the server has it, after however many reconnects; messages of a conversation keep their order. */
  send(conversationId: string, content: Content | string, options?: SendOptions): Promise<SendResult>;
  /**
   * Sends what stands in a message that one can read into another conversation, without its author or where it came from. Not media:
   * FORBIDDEN.
   */
  forward(from: MessagePlace, conversationId: string, id?: string): Promise<SendResult>;
  /** Has a message of one's own say something else: words are its text, or the caption of media. */
  edit(
    conversationId: string,
    seq: number,
    content: EditedContent | string,
    id?: string,
  ): Promise<EditResult>;
  /** Takes a message back: of one's own for a while, of others where one leads. */
  recall(conversationId: string, seq: number, id?: string): Promise<RecallResult>;
  /** Uploads, then sends a `File`, a `Blob` or bytes; both wait for the connection when it is away. */
  sendMedia(
    conversationId: string,
    file: GivenMedia,
    options?: SendOptions & Upload & { readonly caption?: string },
  ): Promise<SendResult>;
  readonly download: DownloadMedia;
  unsent(): readonly Outgoing[];
  /** With the same `id` the same request makes one group, however often it is repeated. */
  open(fields: Fields<'open'>, id?: string): Promise<OpenResult>;
  /** The new session that the server needs for it begins by itself. */
  consent(grant: Grant): Promise<ConsentResult>;
  withdrawConsent(): Promise<ConsentResult>;
  /** Asynchronous: the receipt comes as a push of the type `erasure`. */
  erase(target: Fields<'erase'>): Promise<EraseResult>;
  /** Everything held about the person, as zips to be fetched soon; resolves when they are written. */
  exportData(): Promise<ExportedData>;
  conversations(): readonly ConversationSummary[];
  /** Everybody who can read what is written there. */
  members(conversationId: string): Promise<readonly string[]>;
  /** A page of them, with what they are in the group. */
  roster(conversationId: string, cursor?: string): Promise<MembersResult>;
  /** Adds, removes, leaves, gives a role or closes; the others see it in the order of the conversation. */
  changeMembers(conversationId: string, change: MembersAct): Promise<MembersResult>;
  /** What a group that one leads is called; `null`: nothing any more. Answers it as it has been cleaned. */
  retitle(conversationId: string, title: string | null): Promise<TitleResult>;
  /** In order and without gaps, from where this client began or `loadOlder` came to. */
  messages(conversationId: string): readonly MessageBody[];
  /**
   * The message that a reply quotes, by its number, for as long as it can be read. Undefined while it is asked for, whose coming is told
   * by the event `quoted`. Keep no copy: then a quote ends with its message.
   */
  quoted(conversationId: string, seq: number): MessageBody | undefined;
  /** True when there is still more before. */
  loadOlder(conversationId: string): Promise<boolean>;
  /**
   * What all of these words stand in, newest first; with a `next`, as `before`, it goes on. Nothing of it is kept by the client: take off
   * the screen what has ended by `expiresAt`, and what `gone` names.
   */
  search(conversationId: string, text: string, page?: SearchPage): Promise<SearchResult>;
  /** The person has seen what `messages` holds of it: the server is told, and by it their other devices and the others. */
  read(conversationId: string): void;
  /** Up to which message all of the others have read, and up to which they have got them. */
  receipts(conversationId: string): Receipts;
  /** One's own connections; `end` closes the one with that id first. */
  devices(end?: string): Promise<readonly Device[]>;
  /** Call it with every key: the others are told once in a while that the person is writing. */
  typing(conversationId: string): void;
  /** Into a room, and into it again with each new connection, until one leaves. */
  watch(conversationId: string): Promise<void>;
  unwatch(conversationId: string): Promise<void>;
  /** About how many are in a room that one is in. */
  live(conversationId: string): number | undefined;
  /** Gives a message one emoji, or takes it back; answers all that the message has now. */
  react(conversationId: string, seq: number, emoji: string, on: boolean): Promise<ReactResult>;
  /** Pins a message for everybody there, where one may, or takes its pin away. */
  pin(conversationId: string, seq: number, on: boolean, id?: string): Promise<PinResult>;
  /** What is pinned there and can be read, the newest pin first. Nothing of it is kept by the client: see `search`. */
  pinned(conversationId: string): Promise<readonly MessageBody[]>;
  /** Keeps somebody away, or no more; they are not told. */
  block(userId: string, blocked: boolean): Promise<void>;
  blocked(): ReadonlySet<string>;
  /** Tells the operator’s moderators of a message of somebody else's; nobody in the conversation learns of it. */
  report(conversationId: string, seq: number, reason: ReportReason): Promise<void>;
  /** Has this installation of the app notified while it has no connection: call it with each start, and when the token changes. */
  registerPush(registration: PushRegistration): Promise<PushDevices>;
  /** And no more: when somebody signs out. */
  unregisterPush(device: string): Promise<PushDevices>;
  /** What these people show of themselves, however many they are; of who shows nothing, or is nobody, the id alone. */
  profiles(userIds: readonly string[]): Promise<readonly Profile[]>;
  /** Changes one's own, and answers it. */
  setProfile(changes: ProfileChange): Promise<ProfileResult>;
  /** What others learn of what one reads and of whether one is there; with changes, after these. */
  settings(changes?: Fields<'settings'>): Promise<Settings>;
  /** Whom the app looks at, in place of those before: their `presence` is told. At most 50. */
  watchPresence(userIds: readonly string[]): void;
  presenceOf(userId: string): Presence | undefined;
  /** Until a time, in milliseconds; 0: no longer. */
  mute(conversationId: string, until: number): Promise<void>;
  arrange(conversationId: string, changes: Pick<Arrangement, 'pinned' | 'hidden'>): Promise<void>;
  /** Where a later run of the app can resume. */
  cursors(): Cursors;
  readonly request: Request;
};
