import { presenceWords } from '../../../client/words/presence-words.ts';
import { chat, settle } from '../support/chat.ts';

test('who is looked at is asked for, told of, and asked for again by a new connection; nobody else is', async () => {
  const { client, lapse, pass } = chat();
  const asked = () => lapse.frames.flatMap((frame) => (frame.action === 'presence' ? [frame.userIds] : []));
  const told: string[] = [];
  client.on('presence', ({ userId, online }) => told.push(`${userId} ${online}`));
  client.connect();
  await settle();
  client.watchPresence(['bob']);
  client.watchPresence(['bob']);
  await settle();
  lapse.push('alice', { type: 'presence', userId: 'bob', online: true });
  lapse.push('alice', { type: 'presence', userId: 'carol', online: true });
  await settle();
  expect([asked(), told, client.presenceOf('bob')?.online]).toEqual([
    [['bob']],
    ['bob false', 'bob true'],
    true,
  ]);
  lapse.dropAll();
  await settle();
  await pass(5_000);
  await settle();
  expect([asked(), client.presenceOf('bob')?.online]).toEqual([[['bob'], ['bob']], false]);
  client.watchPresence([]);
  expect(client.presenceOf('bob')).toBeUndefined();
  client.close();
});

test('who is there, and when they last were, in words; nothing where nothing is known', () => {
  const now = 1_000_000_000;
  const words = (lastActive?: number) =>
    presenceWords({ online: false, ...(lastActive !== undefined && { lastActive }) }, now);
  expect(presenceWords({ online: true }, now)).toBe('online');
  expect([words(now), words(now - 300_000), words(now - 7_200_000)]).toEqual([
    'last here just now',
    'last here 5 minutes ago',
    'last here 2 hours ago',
  ]);
  expect([words(), presenceWords(undefined, now)]).toEqual([undefined, undefined]);
});

test('a time that was rounded down is told as such: nobody who has just left was last here 52 minutes ago', () => {
  const hour = 3_600_000;
  const noon = 1_800_014_400_000;
  const left = (lastActive: number, minutesLater: number) =>
    presenceWords({ online: false, lastActive }, lastActive + minutesLater * 60_000);
  expect(noon % hour).toBe(0);
  expect([52, 59.9, 60, 90, 150, 26 * 60].map((minutes) => left(noon, minutes))).toEqual([
    'last here in the last hour',
    'last here in the last hour',
    'last here about 30 minutes ago',
    'last here about 1 hour ago',
    'last here about 2 hours ago',
    'last here about 1 day ago',
  ]);
  const midnight = noon - (noon % (24 * hour));
  expect([23 * 60, 49 * 60].map((minutes) => left(midnight, minutes))).toEqual([
    'last here in the last day',
    'last here about 2 days ago',
  ]);
  // To the minute.
  expect([0, 3, 52].map((minutes) => left(noon + 60_000, minutes))).toEqual([
    'last here just now',
    'last here 3 minutes ago',
    'last here 52 minutes ago',
  ]);
});
