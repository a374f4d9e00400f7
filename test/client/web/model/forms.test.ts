import * as fc from 'fast-check';
import { jurisdictionChoices } from '../../../../client/web/model/consent/jurisdiction-choices.ts';
import { newChatFields } from '../../../../client/web/model/conversations/new-chat-fields.ts';
import { isSendKey, tooLong } from '../../../../client/web/model/sending/composed-text.ts';
import { tabMemory } from '../../../../client/web/model/tab-memory.ts';
import { conversationName } from '../../../../client/words/conversation-name.ts';
import { listedNames } from '../../../../client/words/listed-names.ts';
import { isUserId, personName, userIdOf } from '../../../../client/words/person-name.ts';
import { jurisdictions } from '../../../../shared/consent/jurisdictions.ts';
import { userId } from '../../../../shared/protocol/values.ts';

const written = { other: '', title: '', members: '', room: '' };

test('the page takes the names that the protocol takes', async () => {
  const characters = fc.constantFrom(...'aZ09#-_~!"$ é');
  const name = fc.oneof(fc.string({ maxLength: 130 }), fc.string({ unit: characters, maxLength: 130 }));
  await fc.assert(
    fc.property(name, (text) => {
      expect(isUserId(text)).toBe(userId.safeParse(text).success);
    }),
  );
});

test('a name may be of any script, gives an id that the protocol takes, and reads as it was written', () => {
  for (const name of ['김민지', 'Zoë', 'محمد', '50%', 'bob', 'a%62']) {
    const id = userIdOf(name)!;
    expect(userId.safeParse(id).success).toBe(true);
    expect(personName(id)).toBe(name);
  }
  // However it was typed, it is one person.
  expect(userIdOf('Zoe\u0308')).toBe(userIdOf('Zoë'));
  for (const none of ['', ' ', 'b ob', 'a#é', 'é\u202e', 'é\u200b', '\ud800', '김'.repeat(15)])
    expect(userIdOf(none)).toBeUndefined();
});

test('no id reads as the name of another one', async () => {
  const escapes = fc.constantFrom(
    '%',
    '%25',
    '%61',
    '%C3%A9',
    '%c3%a9',
    '%E2%80%AE',
    'e%CC%88',
    'a',
    'b',
    '%ff',
  );
  await fc.assert(
    fc.property(fc.array(escapes, { minLength: 1, maxLength: 8 }), (parts) => {
      const id = parts.join('');
      expect([id, userIdOf(id)]).toContain(userIdOf(personName(id)));
      expect(personName(id)).not.toMatch(/[\p{C}\p{Z}]/u);
      if (personName(id) !== id) expect(userIdOf(personName(id))).toBe(id);
    }),
  );
});

test('a list of names may be written in any way', () => {
  expect(listedNames(' bob, carol;dave\nbob  erin,')).toEqual(['bob', 'carol', 'dave', 'erin']);
  expect(listedNames('')).toEqual([]);
});

test('a direct chat is with one person, a group has a title and members', () => {
  expect(newChatFields('direct', { ...written, other: ' bob ' }, 'alice')).toEqual({
    kind: 'direct',
    members: ['bob'],
  });
  expect(
    newChatFields('group', { ...written, title: ' Hike ', members: 'bob, alice carol' }, 'alice'),
  ).toEqual({ kind: 'group', title: 'Hike', members: ['bob', 'carol'] });
});

test('a room is made by its title, or entered by its address', () => {
  expect(newChatFields('room', { ...written, room: ' Square ' }, 'alice')).toEqual({
    kind: 'room',
    members: [],
    title: 'Square',
  });
  const conversationId = 'r-4uX0pVwWw1nJk3mS5yT7uB9dE1fG3hI5';
  expect(newChatFields('room', { ...written, room: conversationId }, 'alice')).toEqual({
    kind: 'watch',
    conversationId,
  });
});

test.each([
  ['room', written, 'a title or an address'],
  ['direct', written, 'enter a name'],
  ['direct', { ...written, other: 'b ob' }, 'cannot be a name'],
  ['group', { ...written, title: 'Hike' }, 'at least one name'],
  ['group', { ...written, title: 'Hike', members: 'alice' }, 'at least one name'],
  ['group', { ...written, members: 'bob' }, 'a title'],
  ['group', { ...written, title: 'Hike', members: 'bob, b#b' }, '“b#b” cannot be a name'],
] as const)('a %s chat of %j is refused', (kind, fields, words) => {
  expect(newChatFields(kind, fields, 'alice')).toContain(words);
});

test('every jurisdiction with an age can be chosen, once and by its name', () => {
  const choices = jurisdictionChoices();
  const codes = choices.map(({ code }) => code);
  expect(new Set(codes).size).toBe(codes.length);
  expect(codes).toEqual(expect.arrayContaining(jurisdictions.map(({ jurisdiction }) => jurisdiction)));
  expect(choices.filter(({ code, name }) => name === code)).toEqual([]);
  expect(choices).toContainEqual({ code: 'CA-QC', name: 'Canada: Quebec' });
});

test('Enter sends, but not with Shift and not while an input method composes', () => {
  const enter = { key: 'Enter', shiftKey: false, isComposing: false, keyCode: 13 };
  expect(isSendKey(enter)).toBe(true);
  expect(isSendKey({ ...enter, shiftKey: true })).toBe(false);
  expect(isSendKey({ ...enter, isComposing: true })).toBe(false);
  expect(isSendKey({ ...enter, keyCode: 229 })).toBe(false);
  expect(isSendKey({ ...enter, key: 'a' })).toBe(false);
});

test('a text is measured in bytes', () => {
  expect(tooLong('é'.repeat(5), 10)).toBeUndefined();
  expect(tooLong('é'.repeat(6), 10)).toContain('by 20 %');
});

test('a tab remembers who and what was seen, and nothing that somebody else put there', () => {
  const kept = new Map<string, string>();
  const memory = tabMemory({
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  });
  expect([memory.userId(), memory.seen()]).toEqual([undefined, {}]);
  memory.remember('alice', { 'd-1': 4 });
  expect([memory.userId(), memory.seen()]).toEqual(['alice', { 'd-1': 4 }]);
  for (const broken of ['{', 'null', '7', '{"userId":1,"seen":{"d-1":"4","d-2":null}}']) {
    kept.set('lapse', broken);
    expect([memory.userId(), memory.seen()]).toEqual([undefined, {}]);
  }
  memory.forget();
  expect(kept.size).toBe(0);
});

test('a direct chat bears the other one’s name, and says so when there is no other one any more', () => {
  const [alice, bob] = [
    { userId: 'alice', role: 'member' },
    { userId: 'bob', role: 'member' },
  ] as const;
  expect(conversationName({ kind: 'direct', members: [alice, bob] }, 'alice')).toBe('bob');
  expect(conversationName({ kind: 'direct', members: [alice] }, 'alice')).toBe('Deleted user');
  expect(conversationName({ kind: 'direct' }, 'alice')).toBe('Direct chat');
  expect(
    conversationName({ kind: 'direct', members: [alice, { ...bob, userId: userIdOf('김민지')! }] }, 'alice'),
  ).toBe('김민지');
});
