import { type AskOptions, asking } from './ask.ts';
import type {
  ChangedTitle,
  ChangeMembers,
  ChangeTitle,
  Consent,
  EraseMessage,
  EraseUser,
  Erasures,
  ImportBatch,
  ImportedBatch,
  Members,
  OpenConversation,
  OpenedConversation,
  RecordConsent,
  RequestedErasure,
  SendMessage,
  SentMessage,
  ShowConversation,
  ShownConversation,
} from './commands.ts';
import type { ExportUser, UserExport } from './exports.ts';
import type { Hold, HoldTarget, PlaceHold } from './holds.ts';
import type { DueNotification, EndedPushTokens, EndPushToken, PushDelivery } from './notifications.ts';
import type { DecidedReport, DecideReport, ListReports, ReportPage, ShownReport } from './reports.ts';
import type { PreviewRetention, PurgeStatus, RetentionPreview } from './retention.ts';

export type LapseServerOptions = AskOptions;

/** Each rejects with a `LapseServerError` where the command is refused. */
export type LapseServer = {
  /** Writes as one of your senders, in any room and wherever the sender is a member. */
  sendMessage(input: SendMessage): Promise<SentMessage>;
  /** Takes a message away from everybody, whoever wrote it. */
  eraseMessage(input: EraseMessage): Promise<RequestedErasure>;
  /** Opens a conversation for these people; who has not agreed yet waits. */
  openConversation(input: OpenConversation): Promise<OpenedConversation>;
  /** Changes who is in a group and as what, as its owner could. */
  changeMembers(input: ChangeMembers): Promise<Members>;
  changeTitle(input: ChangeTitle): Promise<ChangedTitle>;
  /** Who is in it and as what; nothing of what was written. */
  showConversation(input: ShowConversation): Promise<ShownConversation>;
  /** Erases an account, or what the target says. */
  eraseUser(input: EraseUser): Promise<RequestedErasure>;
  /** The erasures of a user: those under way, and the receipts of the others. */
  receipts(input: { readonly userId: string }): Promise<Erasures>;
  /** Brings messages over with their own times. */
  importBatch(input: ImportBatch): Promise<ImportedBatch>;
  showConsent(input: { readonly userId: string }): Promise<Consent>;
  /** Notes the consent that your app has asked for. */
  recordConsent(input: RecordConsent): Promise<Consent>;
  /** As the user could: sockets are cut at once. */
  withdrawConsent(input: { readonly userId: string }): Promise<Consent>;
  /** What people have reported. */
  listReports(input: ListReports): Promise<ReportPage>;
  /** What the message says, and who reported it and why. */
  showReport(input: { readonly reportId: string }): Promise<ShownReport>;
  decideReport(input: DecideReport): Promise<DecidedReport>;
  /** Has everything held about a user written into zips; again: where they can be fetched. */
  exportUser(input: ExportUser): Promise<UserExport>;
  /** Keeps what is meant from every deletion. It is in force once it is `held`: ask again until then. */
  placeHold(input: PlaceHold): Promise<Hold>;
  releaseHold(input: HoldTarget): Promise<Hold>;
  previewRetention(input: PreviewRetention): Promise<RetentionPreview>;
  /** Whether what has expired is gone, and the last runs of the sweepers. */
  purgeStatus(): Promise<PurgeStatus>;
  /** Where a notification goes and what it may show, as of now. Where your configuration notifies nobody there is no such function. */
  pushDelivery(input: DueNotification): Promise<PushDelivery>;
  /** The platform takes that token no more. */
  endPushToken(input: EndPushToken): Promise<EndedPushTokens>;
};

/** The function that carries each of them out. */
const functionNames = {
  sendMessage: 'admin-message-send',
  eraseMessage: 'admin-message-erase',
  openConversation: 'admin-conversation-open',
  changeMembers: 'admin-conversation-members',
  changeTitle: 'admin-conversation-title',
  showConversation: 'admin-conversation-show',
  eraseUser: 'admin-user-erase',
  receipts: 'admin-user-receipts',
  importBatch: 'admin-import',
  showConsent: 'admin-consent-show',
  recordConsent: 'admin-consent-record',
  withdrawConsent: 'admin-consent-withdraw',
  listReports: 'admin-report-list',
  showReport: 'admin-report-show',
  decideReport: 'admin-report-decide',
  exportUser: 'admin-user-export',
  placeHold: 'admin-hold',
  releaseHold: 'admin-release',
  previewRetention: 'admin-retention-preview',
  purgeStatus: 'admin-purge-status',
  pushDelivery: 'admin-push-delivery',
  endPushToken: 'admin-push-token-end',
} as const satisfies Readonly<Record<keyof LapseServer, string>>;

export function lapseServer(options: LapseServerOptions): LapseServer {
  const ask = asking(options);
  const commands = Object.entries(functionNames).map(([command, functionName]) => [
    command,
    async (input: object = {}) => ask(functionName, input),
  ]);
  return Object.fromEntries(commands) as LapseServer;
}
