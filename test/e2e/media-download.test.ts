import { type Frame, type Person, text } from '../support/chat-person.ts';
import { codeOf, type MediaChat, startMediaChat } from '../support/media-chat.ts';
import { anyFile, refusalOf, sendFile } from '../support/media-exchange.ts';

let chat: MediaChat;
let alice: Person;
let bob: Person;
let mallory: Person;
let conversationId: string;

beforeAll(async () => {
  chat = await startMediaChat();
  ({ alice, bob, mallory, conversationId } = chat);
});
afterAll(async () => chat?.close());

const now = () => Math.floor(Date.now() / 1000);

describe('a download', () => {
  let sent: Frame;
  let other: Frame;
  beforeAll(async () => {
    sent = await sendFile(alice, conversationId, anyFile());
    other = await sendFile(alice, chat.elsewhere, anyFile());
  });

  test('is for members, of media, of what is there', async () => {
    const { seq } = await alice.call('send', { conversationId, content: text('words') });
    const asked = { conversationId, seq: sent.seq };
    expect(codeOf(await mallory.call('download', asked))).toBe('NOT_FOUND');
    expect(codeOf(await alice.call('download', { ...asked, seq }))).toBe('NOT_FOUND');
    expect(codeOf(await alice.call('download', { ...asked, seq: 9_999 }))).toBe('NOT_FOUND');
    expect(codeOf(await alice.call('download', { ...asked, variant: 'poster' }))).toBe('NOT_FOUND');
  });

  test('lives for two minutes, and never past its message', async () => {
    const { expiresAt } = await bob.call('download', { conversationId, seq: sent.seq });
    expect(expiresAt).toBeLessThanOrEqual(now() + 120);
    const short = await alice.call('open', { kind: 'group', members: ['bob'], retention: 60 });
    const ack = await sendFile(alice, short.conversationId, anyFile());
    const brief = await bob.call('download', { conversationId: short.conversationId, seq: ack.seq });
    expect(brief.expiresAt).toBe(ack.expiresAt);
    const address = new URL(brief.url).searchParams;
    const signedAt = Date.parse(
      (address.get('X-Amz-Date') ?? '').replace(/(....)(..)(..)T(..)(..)(..)Z/, '$1-$2-$3T$4:$5:$6Z'),
    );
    expect(signedAt / 1000 + Number(address.get('X-Amz-Expires'))).toBe(ack.expiresAt);
  });

  test('a part of it can be asked for', async () => {
    const { url } = await bob.call('download', { conversationId, seq: sent.seq });
    const part = await fetch(url, { headers: { range: 'bytes=10-19' } });
    expect([part.status, (await part.arrayBuffer()).byteLength]).toEqual([206, 10]);
  });

  test('is refused from the instant at which the message ends', async () => {
    const { seq } = await sendFile(alice, conversationId, anyFile());
    await chat.tables.change('MESSAGE_TABLE', { conversationId, seq }, { endsAt: now() });
    expect(codeOf(await bob.call('download', { conversationId, seq }))).toBe('NOT_FOUND');
  });

  test.each<[string, string, (url: string) => Promise<Response>]>([
    ['another object', 'SignatureDoesNotMatch', async (url) => fetch(url.replace(sent.id, other.id))],
    [
      'the upload',
      'SignatureDoesNotMatch',
      async (url) => fetch(url.replace(/media\/.*\?/, `incoming/${sent.id}/1?`)),
    ],
    [
      'a longer time',
      'SignatureDoesNotMatch',
      async (url) => fetch(url.replace(/X-Amz-Expires=\d+/, 'X-Amz-Expires=900')),
    ],
    [
      'a page that runs',
      'SignatureDoesNotMatch',
      async (url) => fetch(`${url}&response-content-type=text%2Fhtml`),
    ],
    ['another use', 'SignatureDoesNotMatch', async (url) => fetch(url, { method: 'PUT', body: 'forged' })],
    ['the end of it', 'SignatureDoesNotMatch', async (url) => fetch(url, { method: 'DELETE' })],
    ['no signature', 'AccessDenied', async (url) => fetch(url.split('?')[0] ?? '')],
  ])('its address, changed to %s, is refused; as it was given it is good', async (_, code, attempt) => {
    const { url } = await bob.call('download', { conversationId, seq: sent.seq });
    expect(await refusalOf(await attempt(url))).toBe(`403 ${code}`);
    expect((await fetch(url)).status).toBe(200);
  });
});
