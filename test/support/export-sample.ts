import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import type { MessageContent } from '../../shared/protocol/messages/table.ts';
import type { Message } from '../../shared/stores/messages/message.ts';
import { epochMillis, epochSeconds } from '../../shared/time.ts';
import { ask, work } from './export-acts.ts';
import { exportWorld, weekSeconds } from './export-world.ts';
import { fixture } from './media/fixture.ts';
import { picture } from './media/made-pictures.ts';

/** As somebody would write it who wants to break out of the page. */
export const attack = `"><script>document.title = 'owned'</script><img src=x onerror="document.title = 'owned'">`;

type Said = readonly [from: string, content: MessageContent, replyTo?: number];

const file = (mediaId: string, type: 'image' | 'audio' | 'file', contentType: string, more: object = {}) => ({
  ...{ type, mediaId },
  media: { contentType, bytes: 48_213, ...(type === 'image' && { width: 640, height: 480 }) },
  ...more,
});

const talk: readonly Said[] = [
  ['bob', { type: 'text', text: 'Did you get home?' }],
  ['alice', { type: 'text', text: 'Yes, just now. The last train was empty,\nso I finished the book.' }, 1],
  ['alice', file('photo', 'image', 'image/jpeg', { caption: 'The harbour at six' })],
  ['bob', { type: 'text', text: 'مرحبا، كيف حالك؟ 안녕 👋' }],
  ['bob', file('song', 'audio', 'audio/mpeg')],
  ['alice', { type: 'text', text: attack }],
  ['bob', file('page', 'file', 'text/html', { name: 'offer.html' })],
  ['bob', file('report', 'file', 'application/pdf', { name: 'Report, "final" <2>.pdf', caption: attack })],
];

/** By the place of a message what has been done with it. */
const doneWith: Readonly<Record<number, Partial<Message>>> = {
  0: { reactions: [{ emoji: '👍', count: 2 }], pinnedAt: epochMillis(1) },
  1: { editedAt: epochMillis(1), forwarded: true },
};

/** An export of alice's of what people may write and send. */
export async function sampleExport(isOver: () => boolean = () => false) {
  const world = exportWorld();
  world.state.isOver = isOver;
  world.media.set('photo', await picture('jpeg', 640, 480));
  world.media.set('song', fixture('tone.mp3'));
  world.media.set('page', Buffer.from('<script>document.title = "owned"</script>'));
  world.media.set('report', Buffer.from('%PDF-1.4'));
  world.talk(
    'd-ab',
    ['alice', 'bob'],
    Array.from({ length: 120 }, (_, n) => `Message ${n + 1}`),
  );
  const all = world.messages.get('d-ab') ?? [];
  world.messages.set(
    'd-ab',
    all.map((message, index) => {
      const [from, content, replyTo] = talk[index] ?? [message.from, message.content];
      const sentAt = epochMillis(message.sentAt - (120 - index) * 1_800_000);
      return {
        ...message,
        from,
        sentAt,
        content,
        ...(replyTo && { replyTo }),
        ...doneWith[index],
      } as Message;
    }),
  );
  world.talk('g-band', ['alice', 'bob', 'carol', 'dan'], ['Thursday at eight?']);
  world.talk('g-title', ['alice', 'carol'], []);
  const title = (id: string, text: string) => {
    const conversation = world.conversations.get(id);
    if (conversation === undefined) return;
    const head = { ...conversation.head, kind: 'group' as const };
    world.conversations.set(id, {
      ...conversation,
      head: { ...head, ...(id === 'g-band' && { lastSentAt: world.state.now }) },
    });
    const expiresAt = epochSeconds(world.state.now + weekSeconds * 1000);
    world.titles.set(id, {
      conversationId: id,
      title: text,
      by: 'bob',
      updatedAt: epochMillis(world.state.now),
      expiresAt,
    });
  };
  title('g-band', 'Band practice');
  title('g-title', attack);
  await ask(world);
  await work(world, 200);
  return world;
}

/** As a program for zips does it: all of them into one folder. */
export async function unpackInto(folder: string, zips: Iterable<Uint8Array>): Promise<readonly string[]> {
  const names: string[] = [];
  for (const zip of zips)
    for (const [name, bytes] of Object.entries(unzipSync(zip))) {
      names.push(name);
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), bytes);
    }
  return names;
}
