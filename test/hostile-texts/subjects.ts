import { savedName, sentName } from '../../client/media/file-name.ts';
import { parseCommand } from '../../client/terminal/commands/parse-command.ts';
import { typedPath } from '../../client/terminal/files/typed-path.ts';
import { renderMessage, conversationName as terminalName } from '../../client/terminal/rendering/render.ts';
import { safeLine } from '../../client/terminal/rendering/safe-text.ts';
import { style } from '../../client/terminal/screen/style.ts';
import { wrap } from '../../client/terminal/screen/wrap.ts';
import { conversationRows } from '../../client/web/model/conversations/conversation-rows.ts';
import { hueOf, initialOf } from '../../client/web/model/conversations/hue.ts';
import { newChatFields } from '../../client/web/model/conversations/new-chat-fields.ts';
import { mediaTitle, mediaType } from '../../client/web/model/media/media-view.ts';
import { messageRows } from '../../client/web/model/messages/message-rows.ts';
import { textParts } from '../../client/web/model/messages/text-parts.ts';
import { tooLong } from '../../client/web/model/sending/composed-text.ts';
import { parseServerFrame } from '../../client/wire/server-frame.ts';
import { contentText } from '../../client/words/content-text.ts';
import { conversationName } from '../../client/words/conversation-name.ts';
import { guards } from '../../shared/protocol/guards.ts';
import { cleanFileName } from '../../shared/protocol/media/file-name.ts';
import type { MessageBody } from '../../shared/protocol/messages/table.ts';
import { cleanLines, cleanName, graphemes, isVisible } from '../../shared/protocol/name-characters.ts';
import { findSensitiveData } from '../../shared/sensitive-data/find-sensitive-data.ts';

const now = Date.UTC(2026, 10, 23);
const message = (content: MessageBody['content']): MessageBody => ({
  ...{ conversationId: 'd-1', seq: 1, id: 'm1', from: 'bob', sentAt: now, expiresAt: now / 1000 + 600 },
  content,
});
const file = (name: string, caption = name): MessageBody['content'] => ({
  ...{ type: 'file', mediaId: 'm', name, caption },
  media: { contentType: 'application/octet-stream', bytes: 1 },
});
const group = (title: string) =>
  ({
    conversationId: 'g-1',
    kind: 'group',
    title,
    memberCount: 2,
    lastSeq: 1,
    readSeq: 0,
    unread: 1,
    mentions: 0,
    role: 'member',
    joinedSeq: 0,
  }) as const;
const said = (text: string) => message({ type: 'text', text });
const last = (preview: string) =>
  ({ seq: 1, from: 'bob', sentAt: now, expiresAt: now / 1000 + 60, type: 'text', preview }) as const;
const plain = style(false);
const countries = ['BR', 'CN', 'ES', 'FR', 'GB', 'IN', 'KR', 'US'];

/** Whatever works on a text of somebody else's: in the page, in the terminal, in the client library, on the server. */
export const subjects: Readonly<Record<string, (text: string) => unknown>> = {
  'page: addresses in a text': textParts,
  'page: rows of a conversation': (text) => messageRows([said(text), message(file(text))], [], 'alice', now),
  'page: rows of the list': (text) =>
    conversationRows(
      [{ summary: { ...group(text), lastMessage: last(text) }, unread: 1 }],
      'g-1',
      'alice',
      now,
    ),
  'page: name of a conversation': (text) => conversationName(group(text), 'alice'),
  'page: avatar': (text) => [initialOf(text), hueOf(text)],
  'page: media': (text) => {
    const view = { type: 'file', name: text, facts: { contentType: text, bytes: 1 } } as const;
    return [mediaTitle(view), mediaType(view)];
  },
  'page: what is written': (text) => tooLong(text, 16_384),
  'page: a new chat': (text) =>
    newChatFields('group', { other: '', title: text, members: text, room: '' }, 'alice'),
  'terminal: one line': safeLine,
  'terminal: a message on a narrow screen': (text) =>
    wrap(renderMessage(said(text), { me: 'alice', now }, plain), 40),
  'terminal: a file on a wide screen': (text) =>
    wrap(renderMessage(message(file('a.zip', text)), { me: 'alice', now }, plain), 200),
  'terminal: name of a conversation': (text) => terminalName(group(text), 'alice'),
  'terminal: a command': (text) => [
    parseCommand(text),
    parseCommand(`/save ${text}`),
    parseCommand(`/${text}`),
  ],
  'terminal: a path': (text) => typedPath(text, '/home'),
  'library: a frame': (text) => [
    parseServerFrame(text, guards),
    parseServerFrame(JSON.stringify({ type: 'message', message: said(text) }), guards),
  ],
  'library: a content as text': (text) => contentText(file(text)),
  'library: name of a file': (text) => [
    sentName(text),
    savedName({ name: text, seq: 1, contentType: text }),
    savedName({ name: text, seq: 1, contentType: 'image/png' }),
  ],
  'server: name of a file': cleanFileName,
  'server: names and titles': (text) => [cleanName(text), cleanLines(text), isVisible(text), graphemes(text)],
  'server: sensitive data': (text) => findSensitiveData(text, { nationalIdCountries: countries }),
};
