import type { ClientFrame } from '../../shared/protocol/client-frames.ts';
import type {
  ConsentResult,
  ConversationsResult,
  DownloadResult,
  EraseResult,
  ExportResult,
  HelloResult,
  HistoryResult,
  MembersResult,
  NoResult,
  OpenResult,
  PingResult,
  SendResult,
  UploadResult,
} from '../../shared/protocol/server-frames.ts';

export type Results = {
  hello: HelloResult;
  conversations: ConversationsResult;
  consent: ConsentResult;
  open: OpenResult;
  members: MembersResult;
  send: SendResult;
  upload: UploadResult;
  download: DownloadResult;
  history: HistoryResult;
  read: NoResult;
  typing: NoResult;
  erase: EraseResult;
  export: ExportResult;
  ping: PingResult;
};
export type Action = keyof Results;

type WithoutHead<Frame> = Frame extends unknown ? Omit<Frame, 'action' | 'id'> : never;
/** The fields of an action's frame beside `action` and `id`. */
export type Fields<Name extends Action> = WithoutHead<Extract<ClientFrame, { action: Name }>>;

/** Sends one request and resolves with its ack, or rejects with a LapseError. */
export type Request = <Name extends Action>(
  action: Name,
  fields: Fields<Name>,
  id?: string,
) => Promise<Results[Name]>;

type Guard<Result> = (reply: object) => reply is Result & object;
const guard =
  <Result>(key: keyof Result & string, type: string): Guard<Result> =>
  (reply): reply is Result & object =>
    Reflect.has(reply, key) && typeof Reflect.get(reply, key) === type;

const isAck: Guard<NoResult> = (_reply): _reply is NoResult => true;

/** An ack is the server's word; one characteristic field tells that it answers this action. */
export const answers: { [Name in Action]: Guard<Results[Name]> } = {
  hello: guard<HelloResult>('consent', 'object'),
  conversations: guard<ConversationsResult>('conversations', 'object'),
  consent: guard<ConsentResult>('state', 'string'),
  open: guard<OpenResult>('conversationId', 'string'),
  members: guard<MembersResult>('members', 'object'),
  send: guard<SendResult>('seq', 'number'),
  upload: guard<UploadResult>('mediaId', 'string'),
  // Empty where it was only said that the bytes have arrived.
  download: (reply): reply is DownloadResult => !('url' in reply) || typeof reply.url === 'string',
  history: guard<HistoryResult>('lastSeq', 'number'),
  read: isAck,
  typing: isAck,
  erase: guard<EraseResult>('requestId', 'string'),
  export: guard<ExportResult>('requestId', 'string'),
  ping: guard<PingResult>('serverTime', 'number'),
};
