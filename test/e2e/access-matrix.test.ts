import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import * as z from 'zod';
import { type Action, actions } from '../../shared/protocol/table.ts';
import { templates } from '../infra/support/templates.ts';
import { type AccessCase, type AccessWorld, accessRows, type Outcome } from '../support/access-rows.ts';
import {
  connect,
  type Frame,
  join,
  openDirect,
  type Person,
  refusedHandshake,
  text,
} from '../support/chat-person.ts';
import { type CountingDynamoDb, startCountingDynamoDb } from '../support/counting-dynamodb.ts';
import { type MediaChat, startMediaChat } from '../support/media-chat.ts';
import { anyFile, sendFile, upload } from '../support/media-exchange.ts';
import { synthesizedAssembly } from '../support/synthesized-assembly.ts';

const notifications = {
  busArn: 'arn:aws:events:ap-northeast-2:111122223333:event-bus/chat',
  recipient: 'the tests',
};
const names = Object.keys(accessRows) as Action[];
const rows = names.map((action) => ({ action, ...accessRows[action] }));
const cases = rows.flatMap(({ action, cases: of }) => of.map((each) => ({ action, ...each })));

/** Every field that a frame of the action may have, at any depth. */
function fieldsOf(action: Action): readonly string[] {
  const { $defs: _defs, ...schema } = z.toJSONSchema(actions[action].frame, { io: 'input' });
  const found = new Set<string>();
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const properties: unknown = Reflect.get(node, 'properties');
    for (const name of Object.keys(properties ?? {})) found.add(name);
    for (const each of Object.values(node)) visit(each);
  };
  visit(schema);
  for (const common of ['action', 'id']) found.delete(common);
  return [...found];
}

const keysIn = (value: unknown): readonly string[] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([key, inner]) => [key, ...keysIn(inner)]);

test('every route has a row, and every field of its frames stands in it', () => {
  const routes = Object.values(templates({ notifications }).chat.findResources('AWS::ApiGatewayV2::Route'))
    .map(({ Properties }) => String(Properties.RouteKey))
    .filter((key) => !key.startsWith('$'));
  expect(routes.toSorted()).toEqual(names.toSorted());
  const world = {
    filmOf: () => 'f',
    homeOf: () => 'h',
    seq: 1,
    mediaId: 'm',
    deviceId: 'd',
    conversationId: 'c',
  };
  for (const { action, own, cases: of } of rows) {
    const named = of.flatMap(({ frames }) =>
      keysIn(frames(world as unknown as AccessWorld, { userId: 'u' } as Person).there),
    );
    const known = new Set([...own, ...named]);
    expect([action, fieldsOf(action).filter((field) => !known.has(field))]).toEqual([action, []]);
  }
});

describe.each([
  { mode: 'stored', stored: true, configuration: {} },
  { mode: 'handed over', stored: false, configuration: { messages: { store: false, handover: '5m' } } },
])('where messages are $mode', ({ stored, configuration }) => {
  let dynamodb: CountingDynamoDb;
  let chat: MediaChat;
  let world: AccessWorld;
  let carol: Person;
  /** Nobody of theirs: without consent, withdrawn, and one who has opened a chat with alice that she has not answered. */
  let nadia: Person;
  let wanda: Person;
  let mallory: Person;

  beforeAll(async () => {
    dynamodb = await startCountingDynamoDb();
    chat = await startMediaChat({
      dynamodbEndpoint: dynamodb.endpoint,
      assemblyFolder: await synthesizedAssembly(configuration),
    });
    const { system, alice, bob, conversationId } = chat;
    mallory = await join(system, 'outsider');
    carol = await join(system, 'carol');
    nadia = await connect(system, 'nadia');
    const before = await join(system, 'wanda');
    await before.call('consent', { decision: 'withdraw' });
    await before.closed;
    wanda = await connect(system, 'wanda');
    const fields = { nickname: 'Alice', avatarUrl: 'https://a.example/', signature: 'hello' };
    const visibility = { nickname: 'contacts', avatarUrl: 'contacts', signature: 'contacts' };
    await alice.call('profile', { set: { ...fields, visibility } });
    const homes = new Map([[mallory.userId, await openDirect(mallory, 'alice')]]);
    const homeOf = ({ userId }: Person) => homes.get(userId) ?? conversationId;
    const films = new Map<string, string>();
    const film = { kind: 'video', contentType: 'video/mp4', bytes: 100, sha256: `${'A'.repeat(43)}=` };
    for (const person of [alice, bob, mallory]) {
      const { mediaId } = await person.call('upload', { conversationId: homeOf(person), ...film });
      films.set(person.userId, mediaId);
    }
    const { seq } = await sendFile(alice, conversationId, anyFile());
    await bob.until((pushes) => pushes.some(({ message }) => message?.seq === seq));
    const mediaId = await upload(alice, conversationId, anyFile());
    const { devices } = await (await connect(system, 'alice')).call('devices');
    const deviceId = devices.find(({ current }: { current: boolean }) => current).id;
    const filmOf = ({ userId }: Person) => films.get(userId) ?? '';
    world = { stored, conversationId, seq, mediaId, deviceId, filmOf, homeOf };
    // What an execution environment remembers of the deployment is no part of the comparison.
    await mallory.call('profile', { get: ['bob'] });
  });
  afterAll(async () => {
    await chat?.close();
    await dynamodb?.close();
  });

  const variableOf = (table: string) =>
    Object.entries(chat.system.tableNames).find(([, name]) => name === table)?.[0] ?? table;

  /** The calls since the last time, without those that count what a person does, whatever the frame names. */
  const taken = () =>
    dynamodb
      .take()
      .map(({ table, ...call }) => ({ ...call, table: variableOf(table) }))
      .filter(({ table }) => table !== 'RATE_LIMIT_TABLE')
      .map(({ operation, table, units }) => `${operation} ${table} ${units}`);

  async function observe(person: Person, action: Action, frame: object) {
    taken();
    const answer = await person.call(action, frame);
    return { answer, calls: taken() };
  }

  const outcomeOf = ({ type, error }: Frame): Outcome => (type === 'ack' ? 'ack' : error.code);
  /** The ids that were asked for are the reader's own words, and so is what is new with every reply. */
  const said = ({ id: _id, ...answer }: Frame, frame: object) => {
    let words = JSON.stringify(answer).replaceAll(/[dg]-[\w-]{32}/g, 'a conversation');
    for (const word of JSON.stringify(frame).match(/"[^"]+"/g) ?? [])
      if (/nobody|alice|bob|carol/.test(word)) words = words.replaceAll(word, '"somebody"');
    return words;
  };
  /** An environment asks for the retention now and then, whatever the frame is. */
  const isOfTheFrame = (call: string) => !/^(?:Get|Put)Item PRIVACY_TABLE/.test(call);
  /** Which of the two it is hangs on what the environment remembers of the user, whatever the frame names. */
  const asConsent = (call: string) => call.replace(/^BatchGetItem(?= CONSENT_TABLE)/, 'Query');
  const consentLookedUp = ['Query CONSENT_TABLE 1'];
  /** Who has left may read on, or erase what they wrote: whether somebody has is asked too. */
  const readsLater: ReadonlySet<Action> = new Set([
    ...(['history', 'search', 'download', 'erase', 'report', 'react', 'edit', 'recall', 'pin'] as const),
  ]);
  const memberLookedUp = [...consentLookedUp, 'GetItem CONVERSATION_TABLE 1'].toSorted();

  const formerLookedUp = [...memberLookedUp, 'GetItem CONVERSATION_TABLE 1'].toSorted();
  /** What is no room says so by its id; whoever leaves one is looked for among what they watch themselves. */
  const lookedUpForRooms: Partial<Record<Action, readonly string[]>> = {
    watch: consentLookedUp,
    unwatch: [...consentLookedUp, 'Query LIVE_TABLE 1'],
  };
  const lookedUpFor = (action: Action) =>
    lookedUpForRooms[action] ?? (readsLater.has(action) ? formerLookedUp : memberLookedUp);

  describe.each(cases)('$action: $named', ({ action, frames, outsider }) => {
    test('to who has no part in it, what is there and what is nowhere are the same answer and the same calls', async () => {
      const { there, nowhere } = frames(world, mallory);
      // What the environment remembers of her is the same for both then.
      if (action === 'send' || action === 'presence') await observe(mallory, action, nowhere);
      const [theirs, nothing] = [
        await observe(mallory, action, there),
        await observe(mallory, action, nowhere),
      ];
      expect([theirs, nothing].map(({ answer }) => outcomeOf(answer))).toEqual(
        Array.from({ length: 2 }, () => outsider(world)),
      );
      expect(said(theirs.answer, there)).toBe(said(nothing.answer, nowhere));
      const [ofTheirs, ofNothing] = [theirs, nothing].map(({ calls }) =>
        calls.filter(isOfTheFrame).map(asConsent).toSorted(),
      );
      expect(ofTheirs).toEqual(ofNothing);
      // Nothing is written, and nothing else is looked up, for who is no member.
      if (Reflect.get(there, 'conversationId') === world.conversationId)
        expect(ofTheirs).toEqual(outsider(world) === 'NOT_STORED' ? consentLookedUp : lookedUpFor(action));
    });
  });

  test.each(rows)(
    '$action: without consent, or after a withdrawal, nothing is looked up',
    async ({ action, withoutConsent, cases: of }) => {
      if (withoutConsent) return;
      for (const person of [nadia, wanda]) {
        const asked = of.map(({ frames }) => frames(world, person).there);
        for (const frame of asked.length > 0 ? asked : [{}]) {
          const { answer, calls } = await observe(person, action, frame);
          expect([outcomeOf(answer), calls]).toEqual(['CONSENT_REQUIRED', []]);
        }
      }
    },
  );

  test('hello without consent, or after a withdrawal, tells of no conversation', async () => {
    for (const person of [nadia, wanda]) {
      const hello = await person.call('hello', { cursors: { [world.conversationId]: 0 } });
      expect(outcomeOf(hello)).toBe('ack');
      expect(hello).not.toHaveProperty('conversations');
    }
  });

  test('nobody gets as far as a frame', async () => {
    for (const protocols of [['lapse.v1'], ['lapse.v1', 'no-token']]) {
      dynamodb.take();
      expect(await refusedHandshake(chat.system, protocols)).toBe(401);
      expect(dynamodb.take()).toEqual([]);
    }
  });

  test('the operator has no action of their own: no frame reaches an operator’s function', async () => {
    const commands = readdirSync('functions').filter((name) => name.startsWith('admin-'));
    expect(commands.length).toBeGreaterThan(5);
    for (const person of [chat.alice, mallory])
      for (const name of [...commands, 'process-media', 'carry-out-erasures', 'purge'] as Action[]) {
        const { answer, calls } = await observe(person, name, { userId: 'bob', conversationId: 'x' });
        expect([outcomeOf(answer), calls]).toEqual(['UNKNOWN_ACTION', []]);
      }
  });

  // Before anything is erased or withdrawn, which is carried out meanwhile.
  test('a member of nothing else is no more to it than an outsider', async () => {
    const { answer, calls } = await observe(carol, 'members', { conversationId: world.conversationId });
    expect([outcomeOf(answer), calls.toSorted()]).toEqual(['NOT_FOUND', memberLookedUp]);
  });

  describe('a frame that was on its way while its sender withdrew', () => {
    let dora: Person;
    let hers: AccessWorld;
    /** By the environment of `send`, as a member, until it has refused her. */
    let isRemembered = true;
    const context = () => ({
      userId: 'dora',
      consent: 'granted',
      policyVersion: '1',
      policyDigest: createHash('sha256').update('1').digest('hex'),
      tokenExpiresAt: '4000000000',
    });

    const claimed = 'PutItem SEND_TABLE';
    const isWrite = (call: string) => /^(?:Put|Update|Delete|Transact)/.test(call);

    async function sendLate(action: Action, frame: object) {
      const body = JSON.stringify({ action, id: `late-${action}`, ...frame });
      const requestContext = { routeKey: action, connectionId: 'gone', requestId: 'r', connectedAt: 0 };
      taken();
      const result = await chat.system.invoke(action, {
        requestContext: { ...requestContext, authorizer: context() },
        body,
      });
      // Her sockets may still be taken off their row.
      const calls = taken().filter((call) => !call.includes('CONNECTION_TABLE'));
      if (!result.ok) throw new Error(result.errorMessage);
      return { answer: JSON.parse(Reflect.get(result.payload ?? {}, 'body')), calls };
    }

    /** The conversation of a remembered sender is read beside the consent: it has been asked for before there is a reply. */
    async function firstSend(action: Action, frame: object) {
      if (!isRemembered) return sendLate(action, frame);
      isRemembered = false;
      const letGo = dynamodb.hold('Query');
      const sent = sendLate(action, frame);
      await dynamodb.waiting(2);
      letGo();
      return sent;
    }

    beforeAll(async () => {
      dora = await join(chat.system, 'dora');
      const conversationId = await openDirect(dora, 'carol');
      // The environment remembers her as a member.
      const { seq } = await dora.call('send', { conversationId, content: text('before') });
      hers = { ...world, conversationId, seq, homeOf: () => conversationId, filmOf: () => world.mediaId };
      await dora.call('consent', { decision: 'withdraw' });
      await dora.closed;
    });

    /** They look up the membership meanwhile, and nothing else; all others nothing before they know. */
    const readMeanwhile = [
      'history',
      'search',
      'members',
      'download',
      'typing',
      'read',
      'delivered',
      'upload',
      'send',
      'report',
      'react',
    ];
    const frameOf = ({ action, frames, named }: (typeof cases)[number]) => ({
      action,
      named,
      frame: () => frames(hers, dora).there,
    });
    // Nobody is notified here, so that there is no such function: `withdrawal-crashes` has it.
    const asked = rows
      .filter(({ withoutConsent, action }) => withoutConsent !== true && action !== 'pushToken')
      .map(({ action }) => action);
    const late = [
      ...cases.filter(({ action }) => asked.includes(action)).map(frameOf),
      { action: 'settings', named: 'her own', frame: () => ({ reads: false }) },
      { action: 'export', named: 'all that is hers', frame: () => ({}) },
      { action: 'erase', named: 'her account', frame: () => ({ scope: 'account' }) },
      { action: 'block', named: 'her list', frame: () => ({}) },
      { action: 'profile', named: 'her own', frame: () => ({ set: { nickname: 'Dora' } }) },
    ] as const;

    test('no action is left out', () => {
      expect([...new Set(late.map(({ action }) => action))].toSorted()).toEqual(asked.toSorted());
    });

    test.each(late)('$action: $named', async ({ action, frame }) => {
      const first = await (action === 'send' ? firstSend : sendLate)(action, frame());
      const second = await sendLate(action, frame());
      for (const { answer } of [first, second]) expect(outcomeOf(answer)).toBe('CONSENT_REQUIRED');
      // Who was remembered as a member leaves the id of a send, where sends have ids.
      const mayClaim = action === 'send' && hers.stored;
      expect(first.calls.filter(isWrite).filter((call) => !mayClaim || !call.startsWith(claimed))).toEqual(
        [],
      );
      // The reply does not wait for what was looked up meanwhile, so it may still be under way.
      const looked = second.calls.map((call) => asConsent(call).replace(/ [\d.]+$/, ''));
      expect(looked).toContain('Query CONSENT_TABLE');
      // Of the sockets that the withdrawal has closed: their rows among large groups are taken away after it.
      const others = looked.filter((call) => !['Query CONSENT_TABLE', 'Query LIVE_TABLE'].includes(call));
      const meanwhile = readMeanwhile.includes(action);
      expect(others.filter((call) => !meanwhile || call !== 'GetItem CONVERSATION_TABLE')).toEqual([]);
    });
  });

  // Last, since some of it erases.
  describe.each(cases)(
    '$action: $named',
    ({ action, frames, ...expected }: AccessCase & { action: Action }) => {
      // Whoever may take it away comes last.
      const roles = ['author', 'member'] as const;
      test.each(action === 'recall' ? roles.toReversed() : roles)('the %s', async (role) => {
        const person = role === 'author' ? chat.alice : chat.bob;
        const answer = await person.call(action, frames(world, person).there);
        expect(outcomeOf(answer)).toBe(expected[role](world));
      });
    },
  );
});
