import { typingUsers } from '../../../../../client/web/model/messages/typing-users.ts';

function scene() {
  const time = { now: 0 };
  const model = typingUsers(() => time.now);
  const heard = (userId: string, conversationId = 'd-1') =>
    model.noteTyping({ type: 'typing', conversationId, userId });
  return { ...model, heard, time, shown: () => model.words('d-1') };
}

test('who writes is named, in their conversation alone and for some seconds', () => {
  const { heard, shown, time } = scene();
  heard('carol', 'd-2');
  expect(shown()).toBeUndefined();
  heard('bob');
  expect(shown()).toBe('bob is writing…');
  time.now = 5_999;
  expect(shown()).toBe('bob is writing…');
  time.now = 6_000;
  expect(shown()).toBeUndefined();
});

test('a few are named, many are counted', () => {
  const { heard, shown } = scene();
  heard('bob');
  heard('carol');
  heard('bob');
  expect(shown()).toBe('bob and carol are writing…');
  heard('dave');
  expect(shown()).toBe('3 people are writing…');
});

test('whose message has come writes no more', () => {
  const { heard, shown, noteMessage: spoke, time } = scene();
  heard('bob');
  spoke('d-1', 'bob');
  expect(shown()).toBeUndefined();
  // Said before the message, come after it.
  heard('bob');
  expect(shown()).toBeUndefined();
  time.now = 1_500;
  heard('bob');
  expect(shown()).toBe('bob is writing…');
});
