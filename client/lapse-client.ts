import type { Content } from '../shared/protocol/client-frames.ts';
import type {
  ConsentResult,
  ConversationSummary,
  EraseResult,
  HelloResult,
  MessageBody,
  OpenResult,
  SendResult,
} from '../shared/protocol/server-frames.ts';
import type { Fields, Request } from './actions.ts';
import { backoff } from './backoff.ts';
import { type ClientEvents, clientCore } from './client-core.ts';
import type { ClientState } from './client-state.ts';
import { type DownloadMedia, downloadMedia } from './download-media.ts';
import type { Listener } from './emitter.ts';
import { type ExportedData, exportData } from './export-data.ts';
import { handover } from './handover.ts';
import { LapseError } from './lapse-error.ts';
import { mediaKind } from './media-kind.ts';
import type { LapseClientOptions } from './options.ts';
import type { Outgoing } from './outbox.ts';
import { typingNotices } from './typing-notices.ts';
import { type MediaFile, type Upload, uploadMedia } from './upload-media.ts';
import { withDefaults } from './with-defaults.ts';

type SendOptions = {
  /** The idempotency key; give one to repeat a send of an earlier run of the app. */
  readonly id?: string;
  readonly replyTo?: number;
  readonly mentions?: string[];
};
type Grant = Omit<Extract<Fields<'consent'>, { decision: 'grant' }>, 'decision'>;

export type LapseClient = {
  connect(): void;
  /** What is still in the outbox is rejected. */
  close(): void;
  state(): ClientState;
  /** What the server said last: who one is, the retention, the limits. */
  hello(): HelloResult | undefined;
  /** Returns the function that takes the listener away again. */
  on<Name extends keyof ClientEvents>(name: Name, listener: Listener<ClientEvents[Name]>): () => void;
  /** Resolves when the server has it, after however many reconnects; messages of a conversation keep their order. */
  send(conversationId: string, content: Content | string, options?: SendOptions): Promise<SendResult>;
  /** Uploads, then sends. The message waits for the connection like any other, the upload does not. */
  sendMedia(
    conversationId: string,
    file: MediaFile,
    options?: SendOptions & Upload & { readonly caption?: string },
  ): Promise<SendResult>;
  readonly download: DownloadMedia;
  unsent(): readonly Outgoing[];
  open(fields: Fields<'open'>): Promise<OpenResult>;
  /** The new session that the server needs for it begins by itself. */
  consent(grant: Grant): Promise<ConsentResult>;
  withdrawConsent(): Promise<ConsentResult>;
  /** Asynchronous: the receipt comes as a push of the type `erasure`. */
  erase(target: Fields<'erase'>): Promise<EraseResult>;
  /** Everything held about the person, as zips to be fetched soon; resolves when they are written. */
  exportData(): Promise<ExportedData>;
  conversations(): readonly ConversationSummary[];
  /** In order and without gaps, from where this client began or `loadOlder` came to. */
  messages(conversationId: string): readonly MessageBody[];
  /** True when there is still more before. */
  loadOlder(conversationId: string): Promise<boolean>;
  /** The person has seen what `messages` holds of it: the server is told, and by it their other devices and the others. */
  read(conversationId: string): void;
  /** Call it with every key: the others are told once in a while that the person is writing. */
  typing(conversationId: string): void;
  /** Where a later run of the app can resume. */
  cursors(): Readonly<Record<string, number>>;
  readonly request: Request;
};

const blobOf = ({ bytes, contentType }: Pick<MediaFile, 'bytes' | 'contentType'>): Blob =>
  new Blob([bytes], { type: contentType });

export function lapseClient(given: LapseClientOptions): LapseClient {
  const options = withDefaults(given);
  const { book, events, connection, queue, older, read, forget, hello } = clientCore(options);

  function outgoing(
    conversationId: string,
    content: Content | string,
    { id, replyTo, mentions }: SendOptions,
  ): Outgoing {
    return {
      id: id ?? options.newId(),
      conversationId,
      content: typeof content === 'string' ? { type: 'text', text: content } : content,
      ...(replyTo === undefined ? {} : { replyTo }),
      ...(mentions === undefined ? {} : { mentions }),
    };
  }

  const transfer = {
    request: connection.request,
    fetch: options.fetch,
    pause: (attempt: number) =>
      new Promise<void>((resolve) => void options.clock.after(backoff(attempt, options.random), resolve)),
  };

  const media = handover({
    on: events.on,
    active: () => hello()?.retention.messages.handoverSeconds !== undefined,
    download: downloadMedia(transfer),
    received: (conversationId, seq) =>
      connection.request('download', { conversationId, seq, received: true }),
  });

  const typing = typingNotices(options.clock.now, (conversationId) =>
    connection.request('typing', { conversationId }),
  );

  async function send(
    conversationId: string,
    content: Content | string,
    sendOptions: SendOptions = {},
  ): Promise<SendResult> {
    const message = outgoing(conversationId, content, sendOptions);
    // API Gateway would close the socket for it, and the outbox would send it again for ever.
    const bytes = new TextEncoder().encode(JSON.stringify({ action: 'send', ...message })).length;
    const most = hello()?.limits.frameBytes ?? 32_768;
    if (bytes > most) throw new LapseError('TOO_LARGE', 'content is larger than the limit', false);
    return queue.add(message);
  }

  return {
    connect: () => connection.start(),
    close() {
      connection.stop();
      queue.rejectAll(new LapseError('CLOSED', 'the client was closed', false));
      forget();
      media.forget();
    },
    state: () => connection.state(),
    hello,
    on: events.on,
    send,
    async sendMedia(conversationId, file, { caption, ...options } = {}) {
      const { name, contentType, kind = mediaKind(contentType) } = file;
      const poster = kind === 'video' ? file.poster : undefined;
      const { signal } = options;
      const posterId =
        poster && (await uploadMedia(transfer, conversationId, { ...poster, kind: 'image' }, { signal }));
      const mediaId = await uploadMedia(transfer, conversationId, file, options);
      const forgetUpload = media.uploaded(mediaId, { whole: blobOf(file), small: blobOf(poster ?? file) });
      const said = { ...(caption !== undefined && { caption }), ...(name !== undefined && { name }) };
      const content: Content =
        kind === 'video'
          ? { type: kind, mediaId, ...said, ...(posterId !== undefined && { posterId }) }
          : { type: kind, mediaId, ...said };
      return send(conversationId, content, options).finally(forgetUpload);
    },
    download: media.download,
    unsent: () => queue.unsent(),
    async open(fields) {
      const result = await connection.request('open', fields);
      book.opened(result, fields.title);
      events.emit('conversations', book.summaries());
      return result;
    },
    async consent(grant) {
      const result = await connection.request('consent', { decision: 'grant', ...grant });
      connection.renew();
      return result;
    },
    withdrawConsent: () => connection.request('consent', { decision: 'withdraw' }),
    erase: async (target) => connection.request('erase', target),
    exportData: () =>
      exportData({ on: events.on, state: () => connection.state(), request: connection.request }),
    conversations: () => book.summaries(),
    messages: (conversationId) => book.find(conversationId)?.list() ?? [],
    loadOlder: older,
    read,
    typing,
    cursors: () => book.cursors(),
    request: connection.request,
  };
}
