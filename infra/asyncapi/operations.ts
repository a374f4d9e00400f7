import type { actions } from '../../shared/protocol/actions.ts';
import type { pushes } from '../../shared/protocol/server/pushes.ts';
import { inChannel } from './messages.ts';

/** What a client asks for with it, in one line; docs/protocol.md has the rest. */
const asked: Readonly<Record<keyof typeof actions, string>> = {
  hello: 'who one is, what the operator promises, and a page of the conversations',
  consent: 'grants or withdraws consent',
  profile: '`set` changes the own profile, `get` reads those of others: one of them',
  open: 'opens a direct conversation or makes a group',
  members: 'who can read what is written in a conversation',
  conversations: 'a further page of the conversations',
  send: 'sends a message; `id` is the idempotency key',
  history: 'a page of the messages of a conversation, `after` or `before` one of them',
  read: 'how far one has read',
  typing: 'one is writing; nothing of it is kept',
  upload: 'an address to put a picture, sound, video or file to; `parts` has the hash of every 8 MiB',
  download: 'an address to get the media of a message from',
  erase: 'erases a message, what one wrote in a conversation, the profile or everything',
  export: 'everything held about oneself, as a zip',
  ping: 'keeps the socket open',
};

const said: Readonly<Record<keyof typeof pushes, string>> = {
  message: 'somebody wrote, or the sender on another device',
  read: 'somebody has read up to a message, or oneself on another device',
  typing: 'somebody is writing',
  erased: 'messages that their sender has had erased',
  erasure: 'the receipt of an erasure',
  export: 'an export is ready',
  bye: 'the server is about to close the socket',
};

const channel = { $ref: '#/channels/chat' };

/** From the side of the server: it receives the actions and sends the pushes. */
export const operations = {
  ...Object.fromEntries(
    Object.entries(asked).map(([name, summary]) => [
      name,
      {
        action: 'receive',
        channel,
        summary,
        messages: [inChannel(`${name}Frame`)],
        reply: { channel, messages: [inChannel(`${name}Ack`), inChannel('errorFrame')] },
      },
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(said).map(([name, summary]) => [
      `${name}Push`,
      { action: 'send', channel, summary, messages: [inChannel(`${name}Push`)] },
    ]),
  ),
};
