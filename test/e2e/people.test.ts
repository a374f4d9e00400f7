import { setTimeout } from 'node:timers/promises';
import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import type { MessageBody } from '../../shared/protocol/messages/table.ts';
import { connect, type Frame, join, type Person, text, wholeHistory } from '../support/chat-person.ts';
import { startTestSystem } from '../support/local-system.ts';
import { synthesizedAssembly } from '../support/synthesized-assembly.ts';
import { seeded } from '../support/virtual-time.ts';

let system: LocalSystem;
beforeAll(async () => {
  const limits = { messagesPerSecond: 1_000, messagesBurst: 2_000, membersAddedPerSecond: 1_000 };
  system = await startTestSystem({ assemblyFolder: await synthesizedAssembly({ limits }) });
});
afterAll(() => system?.close());

/** Another one is tried with `PEOPLE_SEED=7 npm test -- test/e2e/people`. */
const seed = Number(process.env['PEOPLE_SEED'] ?? 1);
const names = Array.from({ length: 20 }, (_, index) => `person-${String(index).padStart(2, '0')}`);
const [founder = ''] = names;
const actsOfEach = 14;

/** What somebody was told: by acks of what they did, by pushes on whichever socket. */
type Actor = {
  readonly userId: string;
  readonly random: () => number;
  person: Person;
  readonly earlierPushes: Frame[];
  /** `seq` by the id of what was acked. */
  readonly sent: Map<string, number>;
  readonly refused: Set<string>;
  readonly blocked: Set<string>;
  readonly blocks: Change[];
  readonly direct: Direct[];
};

/** From its call to its ack; in between it holds or does not. */
type During = { readonly from: number; readonly to: number };
type Change = During & { readonly other: string; readonly blocked: boolean };
type Direct = During & { readonly to_: string; readonly conversationId: string; readonly seq: number };

/** Order of what happens in this process. */
let ticks = 0;
const tick = () => (ticks += 1);

const idOf = (actor: Actor, number: number, what: string) => `${what}-${actor.userId}-${number}-${seed}`;

async function entered(userId: string, index: number): Promise<Actor> {
  return {
    ...{ userId, random: seeded(seed * 1_000 + index), person: await join(system, userId) },
    ...{ earlierPushes: [], sent: new Map(), refused: new Set(), blocked: new Set(), blocks: [], direct: [] },
  };
}

async function reconnect(actor: Actor): Promise<void> {
  actor.person.socket.terminate();
  actor.earlierPushes.push(...actor.person.pushes);
  actor.person = await connected(actor.userId);
}

/**
 * Comes back as every client does after a 5xx: with a pause, which grows. On a busy machine a fresh instance of the
 * authorizer may wait for the issuer's keys longer than it is willing to, and asks again after ten seconds at the earliest.
 */
async function connected(userId: string): Promise<Person> {
  for (const pause of [1_000, 3_000, 9_000, 27_000]) {
    const person = await connect(system, userId).catch((error: Error) => error);
    if (!(person instanceof Error)) return person;
    if (!/response: 5\d\d$/.test(person.message)) throw person;
    await setTimeout(pause);
  }
  return connect(system, userId);
}

const pushesOf = ({ earlierPushes, person }: Actor): readonly Frame[] => [...earlierPushes, ...person.pushes];

/** Until there is an answer: after a cut, and while somebody else is quicker, with the same id. */
async function ask(actor: Actor, action: string, fields: object): Promise<Frame> {
  let last: Frame;
  for (let tries = 0; tries < 20; tries += 1) {
    const reply = await actor.person.call(action, fields).catch(() => undefined);
    if (reply === undefined) await reconnect(actor);
    else if (reply.error?.retryable !== true) return reply;
    last = reply ?? last;
  }
  throw new Error(`${action} of ${actor.userId} has found no answer: ${JSON.stringify(last)}`);
}

const pick = <Item>(actor: Actor, items: readonly Item[]): Item =>
  items[Math.floor(actor.random() * items.length)] as Item;

const others = (actor: Actor) => names.filter((name) => name !== actor.userId);

type Act = (actor: Actor, conversationId: string, number: number) => Promise<void>;

const say: Act = async (actor, conversationId, number) => {
  const id = idOf(actor, number, 'say');
  const reply = await ask(actor, 'send', { id, conversationId, content: text(id) });
  if (reply.type === 'ack') actor.sent.set(id, reply.seq);
  else actor.refused.add(id);
};

/** Whoever is cut off says it again. */
const sayAndFall: Act = async (actor, conversationId, number) => {
  const id = idOf(actor, number, 'say');
  const lost = actor.person.call('send', { id, conversationId, content: text(id) }).catch(() => undefined);
  await reconnect(actor);
  await lost;
  return say(actor, conversationId, number);
};

const change =
  (fields: (actor: Actor) => object): Act =>
  async (actor, conversationId, number) => {
    const id = idOf(actor, number, 'members');
    const reply = await ask(actor, 'members', { id, conversationId, ...fields(actor) });
    if (reply.type === 'error') expect(['NOT_FOUND', 'FORBIDDEN']).toContain(reply.error.code);
  };

const leave: Act = async (actor, conversationId, number) => {
  if (actor.userId !== founder) await change(() => ({ leave: true }))(actor, conversationId, number);
};

const block: Act = async (actor) => blockOrNot(actor, pick(actor, others(actor)));

async function blockOrNot(actor: Actor, other: string): Promise<void> {
  const blocked = !actor.blocked.has(other);
  const from = tick();
  const reply = await ask(actor, 'block', { userId: other, blocked });
  expect(reply).toMatchObject({ type: 'ack' });
  actor.blocks.push({ from, to: tick(), other, blocked });
  if (blocked) actor.blocked.add(other);
  else actor.blocked.delete(other);
}

const sayToOne: Act = async (actor, _group, number) => sayTo(actor, pick(actor, others(actor)), number);

async function sayTo(actor: Actor, to_: string, number: number): Promise<void> {
  const { conversationId } = await ask(actor, 'open', { kind: 'direct', members: [to_] });
  const id = idOf(actor, number, 'direct');
  const from = tick();
  const { seq } = await ask(actor, 'send', { id, conversationId, content: text(id) });
  actor.direct.push({ from, to: tick(), to_, conversationId, seq });
}

const read: Act = async (actor, conversationId) => {
  const seqs = messagesOf(pushesOf(actor), conversationId).map(({ seq }) => seq);
  if (seqs.length > 0) await ask(actor, 'read', { conversationId, seq: Math.max(...seqs) });
};

const add = change((actor) => ({ add: [pick(actor, others(actor))] }));
const remove = change((actor) => ({ remove: [pick(actor, names.slice(1))] }));
const promote = change((actor) => ({
  role: { userId: pick(actor, names.slice(1)), role: pick(actor, ['admin', 'admin', 'member']) },
}));

const acts: readonly Act[] = [
  ...[say, say, say, say, sayAndFall, sayToOne, sayToOne, sayToOne, read, block, block],
  ...[leave, add, add, add, remove],
];
/** Somebody has to bring them back. */
const founderActs: readonly Act[] = [say, read, promote, promote, add, add, add, add, remove];

const messagesOf = (pushes: readonly Frame[], conversationId: string): readonly MessageBody[] =>
  pushes
    .flatMap((push) =>
      push.type === 'message' ? [push.message] : push.type === 'messages' ? push.messages : [],
    )
    .filter((message) => message.conversationId === conversationId);

type Stay = { readonly from: number; to: number };

/** Who was in it from which number to which, as its own events say. */
function staysIn(order: readonly MessageBody[], opened: readonly string[]): ReadonlyMap<string, Stay[]> {
  const stays = new Map<string, Stay[]>(names.map((name) => [name, []]));
  const isIn = (name: string) => stays.get(name)?.at(-1)?.to === Number.POSITIVE_INFINITY;
  const enter = (name: string, from: number) => stays.get(name)?.push({ from, to: Number.POSITIVE_INFINITY });
  for (const name of opened) enter(name, 1);
  for (const { seq, from, content } of order as readonly Frame[]) {
    expect({ seq, from, isIn: isIn(from) }).toEqual({ seq, from, isIn: true });
    if (content.type !== 'event') continue;
    const gone: readonly string[] = [...(content.removed ?? []), ...(content.left ?? [])];
    for (const name of gone) {
      expect(isIn(name)).toBe(true);
      const last = stays.get(name)?.at(-1);
      if (last !== undefined) last.to = seq;
    }
    for (const name of content.added ?? []) {
      expect(isIn(name)).toBe(false);
      enter(name, seq);
    }
  }
  return stays;
}

const within = (stays: readonly Stay[], seq: number) =>
  stays.some(({ from, to }) => from <= seq && seq <= to);

async function entryOf(actor: Actor, conversationId: string): Promise<Frame | undefined> {
  let page = await ask(actor, 'hello', {});
  for (;;) {
    const found = page.conversations.find((each: Frame) => each.conversationId === conversationId);
    if (found !== undefined || page.next === undefined) return found;
    page = await ask(actor, 'conversations', { cursor: page.next });
  }
}

test('twenty people who join, leave, block, write and lose their connections see one order, and nobody what is not theirs', async () => {
  const actors: Actor[] = [];
  for (const [index, name] of names.entries()) actors.push(await entered(name, index));
  const [owner] = actors as [Actor];
  const opened = names.slice(0, 12);
  const { conversationId } = await ask(owner, 'open', {
    kind: 'group',
    members: opened,
    history: 'joining',
    afterLeaving: 'keep',
  });
  await Promise.all(
    actors.map(async (actor) => {
      for (let number = 0; number < actsOfEach; number += 1)
        await pick(actor, actor === owner ? founderActs : acts)(actor, conversationId, number);
    }),
  );

  // Whatever chance has brought about, somebody writes to somebody who blocks them.
  const [blocker, blocked] = actors.slice(1) as [Actor, Actor];
  if (!blocker.blocked.has(blocked.userId)) await blockOrNot(blocker, blocked.userId);
  await sayTo(blocked, blocker.userId, actsOfEach);

  const order = await wholeHistory(owner.person, conversationId);
  expect(order.map(({ seq }) => seq)).toEqual(order.map((_, index) => index + 1));
  const byId = new Map(order.map(({ id, seq }) => [id, seq]));
  expect(byId.size).toBe(order.length);
  const stays = staysIn(order, opened);
  const events = order.filter(({ content }) => (content.type as string) === 'event');
  expect(events.length).toBeGreaterThan(5);

  for (const actor of actors) {
    const { userId } = actor;
    const own = stays.get(userId) ?? [];
    for (const [id, seq] of actor.sent) expect({ id, seq: byId.get(id) }).toEqual({ id, seq });
    for (const id of actor.refused) expect(byId.has(id)).toBe(false);

    const strange = messagesOf(pushesOf(actor), conversationId).filter(({ seq }) => !within(own, seq));
    expect({ userId, strange }).toEqual({ userId, strange: [] });

    const isIn = own.at(-1)?.to === Number.POSITIVE_INFINITY;
    const page = await ask(actor, 'history', { conversationId });
    if (own.length === 0) expect(page.error?.code).toBe('NOT_FOUND');
    else {
      const seen = await wholeHistory(actor.person, conversationId);
      const latest = own.slice(isIn ? -2 : -1);
      const expected = order.filter(({ seq }) => within(latest, seq));
      const said = ({ seq, from, id }: MessageBody) => ({ seq, from, id });
      expect({ userId, seen: seen.map(said) }).toEqual({ userId, seen: expected.map(said) });
    }

    const entry = await entryOf(actor, conversationId);
    if (!isIn) expect(entry).toBeUndefined();
    else {
      const memberCount = names.filter(
        (name) => stays.get(name)?.at(-1)?.to === Number.POSITIVE_INFINITY,
      ).length;
      const counts = ({ seq, from, content }: MessageBody) =>
        within(own.slice(-2), seq) &&
        seq > entry.readSeq &&
        from !== userId &&
        (content.type as string) !== 'event' &&
        !actor.blocked.has(from);
      const unread = order.filter(counts).length;
      expect({ userId, ...entry }).toMatchObject({ userId, memberCount, lastSeq: order.length, unread });
    }
  }

  await holdDirects(actors);
  for (const { person } of actors) person.socket.close();
});

/** Whoever was blocked all the while saw what they wrote, and nobody else did; likewise who was not blocked was read. */
async function holdDirects(actors: readonly Actor[]): Promise<void> {
  const byName = new Map(actors.map((actor) => [actor.userId, actor]));
  let hidden = 0;
  for (const actor of actors)
    for (const { from, to, to_, conversationId, seq } of actor.direct) {
      const other = byName.get(to_);
      if (other === undefined) throw new Error(`nobody is called ${to_}`);
      const mine = await wholeHistory(actor.person, conversationId);
      expect(mine.map((each) => each.seq)).toContain(seq);
      const changes = other.blocks.filter((each) => each.other === actor.userId);
      if (changes.some((each) => each.from < to && each.to > from)) continue;
      const isBlocked = changes.filter((each) => each.to < from).at(-1)?.blocked ?? false;
      const theirs = (await wholeHistory(other.person, conversationId)).map((each) => each.seq);
      const pushed = messagesOf(pushesOf(other), conversationId).map((each) => each.seq);
      if (isBlocked) {
        hidden += 1;
        expect(theirs).not.toContain(seq);
        expect(pushed).not.toContain(seq);
      } else expect(theirs).toContain(seq);
    }
  expect(hidden).toBeGreaterThan(0);
}
