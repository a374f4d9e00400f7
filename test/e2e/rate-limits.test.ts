import { createHash } from 'node:crypto';
import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import { connect, type Frame, join, openDirect, type Person, text } from '../support/chat-person.ts';
import { startTestSystem } from '../support/local-system.ts';
import { synthesizedAssembly } from '../support/synthesized-assembly.ts';

/** So small that no execution environment lets any pass by itself: what the table counts is all there is. */
const burst = 19;
const bytes = 1_000;
const limits = {
  groupMembers: 10,
  ...{ imageBytes: bytes, audioBytes: bytes, videoBytes: bytes, fileBytes: bytes },
  ...{ messagesBurst: burst, messagesPerSecond: 1 },
  ...{ signalsBurst: burst, signalsPerSecond: 1 },
  ...{ uploadBytesBurst: 2 * bytes, uploadBytesPerSecond: 1 },
  ...{ openMembersBurst: 12, openMembersPerSecond: 1 },
  ...{ readsBurst: burst, readsPerSecond: 1 },
  ...{ profileReadsBurst: 60, profileReadsPerSecond: 1 },
  ...{ erasuresBurst: 3, erasuresPerMinute: 1 },
  ...{ exportsBurst: 3, exportsPerMinute: 1 },
  ...{ consentsBurst: 3, consentsPerMinute: 1 },
  ...{ failedFramesBurst: burst, failedFramesPerSecond: 1 },
};

let system: LocalSystem;
beforeAll(async () => {
  system = await startTestSystem({ assemblyFolder: await synthesizedAssembly({ limits }) });
});
afterAll(() => system?.close());

const isRefused = (frame: Frame) => frame.error?.code === 'RATE_LIMITED';

/** Asks until it is refused; tells how many were not, and what the refusal said. */
async function untilRefused(ask: () => Promise<Frame>): Promise<{ passed: number; refusal: Frame }> {
  for (let passed = 0; ; passed += 1) {
    const frame = await ask();
    if (isRefused(frame)) return { passed, refusal: frame.error };
    if (passed > 300) throw new Error('no limit');
  }
}

test('a hundred sends at once, on four sockets and several environments: no more than the limit', async () => {
  const [alice] = await Promise.all([join(system, 'alice'), join(system, 'bob')]);
  const conversationId = await openDirect(alice, 'bob');
  const devices = [alice, ...(await Promise.all([1, 2, 3].map(async () => connect(system, 'alice'))))];
  const begun = Date.now();
  const frames = await Promise.all(
    Array.from({ length: 100 }, async (_, index) =>
      (devices[index % 4] as Person).call('send', { conversationId, content: text(`${index}`) }),
    ),
  );
  const cameBack = Math.ceil((Date.now() - begun) / 1_000);
  const passed = frames.filter(({ type }) => type === 'ack').length;
  expect(passed).toBeGreaterThanOrEqual(burst);
  expect(passed).toBeLessThanOrEqual(burst + cameBack);
  const refused = frames.filter(isRefused);
  expect(refused).toHaveLength(100 - passed);
  for (const { error } of refused) {
    expect(error).toMatchObject({ retryable: true });
    expect(error.retryAfterMs).toBeGreaterThan(0);
    expect(error.retryAfterMs).toBeLessThanOrEqual(1_000 * (cameBack + 1));
  }
  for (const { socket } of devices) socket.close();
});

type Ask = (person: Person, conversationId: string) => Promise<Frame>;
const sha256 = createHash('sha256').update('').digest('base64');
const file = { kind: 'file', contentType: 'application/zip', bytes, sha256 };
const nobodies = Array.from({ length: 50 }, (_, index) => `nobody${index}`);

/** What is asked, how often it passes at least, and how many tokens of so many a second each takes. */
const asks: Readonly<Record<string, { ask: Ask; atLeast: number; perSecond: number }>> = {
  typing: {
    ask: async (one, conversationId) => one.call('typing', { conversationId }),
    atLeast: burst,
    perSecond: 1,
  },
  history: {
    ask: async (one, conversationId) => one.call('history', { conversationId }),
    // What made this person a member has read too.
    atLeast: burst - 5,
    perSecond: 1,
  },
  upload: {
    ask: async (one, conversationId) => one.call('upload', { conversationId, ...file }),
    atLeast: 2,
    perSecond: 1 / bytes,
  },
  open: {
    ask: async (one) => one.call('open', { kind: 'group', members: nobodies.slice(0, 5) }),
    atLeast: 2,
    perSecond: 1 / 5,
  },
  profile: { ask: async (one) => one.call('profile', { get: nobodies }), atLeast: 1, perSecond: 1 / 50 },
  erase: { ask: async (one) => one.call('erase', { scope: 'profile' }), atLeast: 3, perSecond: 1 / 60 },
  export: { ask: async (one) => one.call('export'), atLeast: 3, perSecond: 1 / 60 },
  'a frame that is none': {
    ask: async (one) => one.call('ping', { what: 'ever' }),
    atLeast: burst,
    perSecond: 1,
  },
  'no such action': { ask: async (one) => one.call('fly'), atLeast: burst, perSecond: 1 },
  'what is not theirs': {
    ask: async (one) => one.call('members', { conversationId: 'none' }),
    atLeast: burst - 5,
    perSecond: 2,
  },
};

test.each(Object.entries(asks))('%s has its limit', async (name, { ask, atLeast, perSecond }) => {
  const person = await join(system, `one-${name.replaceAll(' ', '-')}`);
  const conversationId = await openDirect(person, 'bob');
  const begun = Date.now();
  const { passed, refusal } = await untilRefused(async () => ask(person, conversationId));
  const cameBack = Math.ceil(((Date.now() - begun) / 1_000) * perSecond);
  expect(passed).toBeGreaterThanOrEqual(atLeast);
  expect(passed).toBeLessThanOrEqual(atLeast + 5 + cameBack);
  expect(refusal.retryAfterMs).toBeGreaterThan(0);
  person.socket.close();
});

test('agreeing has its limit, and withdrawing has none', async () => {
  const person = await join(system, 'waverer');
  const agree = { decision: 'grant', policyVersion: '1', jurisdiction: 'KR', birthDate: '1990-05-17' };
  const { passed } = await untilRefused(async () => person.call('consent', agree));
  // The first one was in `join`.
  expect(passed).toBe(2);
  expect(await person.call('consent', { decision: 'withdraw' })).toMatchObject({ state: 'withdrawn' });
});

test('one at the limit takes nothing from another', async () => {
  const [loud, quiet] = await Promise.all([join(system, 'loud'), join(system, 'quiet')]);
  await untilRefused(async () => loud.call('ping', { what: 'ever' }));
  expect(await quiet.call('ping', { what: 'ever' })).toMatchObject({ error: { code: 'INVALID_FRAME' } });
  for (const { socket } of [loud, quiet]) socket.close();
});
