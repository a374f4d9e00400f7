import { createHash } from 'node:crypto';
import type { ErasureTarget, Oracle } from '../oracle/oracle.ts';
import type { Violations } from '../oracle/violations.ts';
import type { Invocation } from './invocation.ts';
import { markersIn, textOf } from './marker.ts';
import {
  anyOf,
  type CheckFetchedDeps,
  checkFetched,
  checkHandedOut,
  type Device,
  type People,
  type Reply,
} from './people.ts';
import type { Random } from './random.ts';
import type { Timeline } from './timeline.ts';

export type LifeDeps = {
  readonly people: People;
  readonly oracle: Oracle;
  readonly violations: Violations;
  readonly time: Timeline;
  readonly random: Random;
  /** Everybody there is. */
  readonly names: readonly string[];
  /** Between two things that somebody does, in milliseconds. */
  readonly pause: number;
  /** How likely somebody repeats what has failed. */
  readonly patience: number;
  readonly isErasing: CheckFetchedDeps['isErasing'];
  readonly isOver: () => boolean;
};

type Act = (device: Device) => void;

/** Of an export, from the first on. */
const mostAttempts = 5;

/** Lets people chat, each on two devices, until it is over. */
export function live(deps: LifeDeps): void {
  const { people, oracle, time, random, names, pause, patience, isOver } = deps;
  const devices: Device[] = [];
  let written = 0;
  const mark = (kind: 'message' | 'profile' | 'title' | 'media', by: string) => {
    written += 1;
    return oracle.mark({ kind, by, number: written });
  };

  const acts: readonly (readonly [weight: number, act: Act])[] = [
    [30, say],
    [20, readBack],
    [6, open],
    [5, sendPicture],
    [4, download],
    [4, setProfile],
    [5, lookAtProfiles],
    [3, (device) => inSomeConversation(device, 'read', { seq: 1 + random.below(20) })],
    [2, (device) => inSomeConversation(device, 'typing', {})],
    [1, (device) => inSomeConversation(device, 'members', {})],
    [
      3,
      (device) =>
        device.ask({ action: 'conversations', id: device.nextId() }, (reply, invocation) =>
          learn(device, reply, invocation),
        ),
    ],
    [3, hello],
    [2, eraseMessage],
    [
      0.7,
      (device) =>
        erase(device, { scope: 'conversation', conversationId: someConversation(device) ?? 'none' }),
    ],
    [0.7, (device) => erase(device, { scope: 'profile' })],
    [0.5, (device) => erase(device, { scope: 'account' })],
    [2, (device) => exportAll(device)],
    [0.6, (device) => device.ask({ action: 'consent', id: device.nextId(), decision: 'withdraw' })],
    [2, (device) => device.disconnect()],
  ];
  const weights = acts.reduce((sum, [weight]) => sum + weight, 0);

  for (const name of names) {
    const conversations = new Set<string>();
    for (const device of [people.device(name, conversations), people.device(name, conversations)]) {
      devices.push(device);
      goOn(device);
    }
  }

  function goOn(device: Device): void {
    time.after(random.between(0, 2 * pause), () => {
      if (isOver()) return;
      if (device.isConnected()) act(device);
      else {
        device.connect();
        time.after(3_000, () => hello(device));
      }
      goOn(device);
    });
  }

  function act(device: Device): void {
    let left = random() * weights;
    for (const [weight, each] of acts) {
      left -= weight;
      if (left < 0) {
        each(device);
        return;
      }
    }
  }

  function hello(device: Device): void {
    device.ask({ action: 'hello', id: device.nextId() }, (reply, invocation) => {
      learn(device, reply, invocation);
      const state = reply['consent']?.state;
      if (state === 'granted' && reply['conversations'] === undefined) device.disconnect();
      if (state !== 'granted' && state !== undefined && random.chance(0.7)) agree(device);
    });
  }

  function agree(device: Device): void {
    const frame = { decision: 'grant', policyVersion: '1', jurisdiction: 'KR', birthDate: '1990-01-01' };
    // What was consented to counts for the sockets that are opened afterwards.
    device.ask({ action: 'consent', id: device.nextId(), ...frame }, () => device.disconnect());
  }

  function learn(
    { conversations }: Device,
    { conversations: listed = [] }: Reply,
    invocation: Invocation,
  ): void {
    for (const { conversationId, title = '' } of listed) {
      conversations.add(conversationId);
      oracle.profileShown('title', title, invocation);
    }
  }

  function someConversation({ conversations }: Device): string | undefined {
    return anyOf(random, conversations);
  }

  function inSomeConversation(device: Device, action: string, more: object): void {
    const conversationId = someConversation(device);
    if (conversationId !== undefined) device.ask({ action, id: device.nextId(), conversationId, ...more });
  }

  function say(device: Device): void {
    const conversationId = someConversation(device);
    if (conversationId === undefined) {
      open(device);
      return;
    }
    const content = { type: 'text', text: mark('message', device.userId) };
    send(device, { action: 'send', id: device.nextId(), conversationId, content });
  }

  function send(device: Device, frame: Readonly<Record<string, unknown>>, attempt = 1): void {
    device.ask(frame, (reply) => {
      if (reply['type'] === 'ack') oracle.acked(frame, reply);
      else if (reply['error']?.code === 'INTERNAL' && attempt < 4 && random.chance(patience))
        time.after(random.between(200, 20_000), () => send(device, frame, attempt + 1));
    });
    // Impatient, or the reply was lost: the same again while the first may still be under way.
    if (random.chance(patience / 16)) time.after(random.between(0, 3_000), () => send(device, frame, 4));
  }

  function sendPicture(device: Device): void {
    const conversationId = someConversation(device);
    if (conversationId === undefined) return;
    const bytes = mark('media', device.userId);
    const sha256 = createHash('sha256').update(bytes).digest('base64');
    const announced = { kind: 'image', contentType: 'image/png', bytes: bytes.length, sha256 };
    device.ask({ action: 'upload', id: device.nextId(), conversationId, ...announced }, (reply) => {
      if (reply['type'] !== 'ack') return;
      time.after(random.between(100, 20_000), () => {
        device.put(reply['url'], bytes);
        // Some are never sent.
        if (random.chance(0.15)) return;
        const { mediaId } = reply;
        const content = { type: 'image', mediaId, caption: mark('message', device.userId) };
        send(device, { action: 'send', id: device.nextId(), conversationId, content });
      });
    });
  }

  function open(device: Device): void {
    const others = names.filter((name) => name !== device.userId);
    const isGroup = random.chance(0.4);
    const members = isGroup ? others.filter(() => random.chance(0.5)) : [random.pick(others) ?? ''];
    if (members.length === 0) return;
    const more = isGroup && {
      ...(random.chance(0.5) && { title: mark('title', device.userId) }),
      ...(random.chance(0.3) && { retention: 60 + random.below(120) }),
    };
    const frame = {
      action: 'open',
      id: device.nextId(),
      kind: isGroup ? 'group' : 'direct',
      members,
      ...more,
    };
    device.ask(frame, ({ conversationId }) => {
      if (conversationId !== undefined) device.conversations.add(conversationId);
    });
  }

  function readBack(device: Device): void {
    const conversationId = someConversation(device);
    if (conversationId === undefined) return;
    const where = random.pick([{}, { after: random.below(10) }, { before: 1 + random.below(40) }]);
    const frame = { action: 'history', id: device.nextId(), conversationId, ...where };
    device.ask(frame, (reply, invocation) => {
      const { messages = [] } = reply;
      for (const message of messages) oracle.shown(message, invocation, 'history');
      const seqs = messages.map(({ seq }: { readonly seq: number }) => seq);
      if (seqs.length > 1) oracle.pageShown(conversationId, seqs, invocation);
    });
  }

  function download(device: Device): void {
    const pictures = [...oracle.messages.values()].filter(
      ({ mediaId, conversationId }) => mediaId !== undefined && device.conversations.has(conversationId),
    );
    const picture = random.pick(pictures.slice(-20));
    if (picture === undefined) return;
    const { conversationId, seq } = picture;
    device.ask({ action: 'download', id: device.nextId(), conversationId, seq }, ({ url, expiresAt }) => {
      if (url === undefined) return;
      // At the last instant at which the address may be used, or before.
      const left = expiresAt * 1000 - time.now() - 1;
      time.after(random.chance(0.5) ? left : random.between(0, left), () => {
        const content = device.fetch(url);
        if (content === undefined) return;
        if (picture.expiresAt * 1000 <= time.now())
          deps.violations.add('download of what has ended', String(seq));
        if (picture.erasedAt !== undefined && picture.erasedAt + 180_000 < time.now())
          deps.violations.add('download of what was erased', String(seq));
      });
    });
  }

  function setProfile(device: Device): void {
    const set = { nickname: mark('profile', device.userId) };
    device.ask({ action: 'profile', id: device.nextId(), set });
  }

  function lookAtProfiles(device: Device): void {
    device.ask({ action: 'profile', id: device.nextId(), get: [...names] }, (reply, invocation) => {
      for (const profile of reply['profiles'] ?? [])
        oracle.profileShown('profile', JSON.stringify(profile), invocation);
    });
  }

  function eraseMessage(device: Device): void {
    const own = [...oracle.messages.values()].filter(
      ({ from, conversationId }) => from === device.userId && device.conversations.has(conversationId),
    );
    const message = random.pick(own.slice(-20));
    if (message === undefined) return;
    erase(device, { scope: 'message', conversationId: message.conversationId, seq: message.seq });
  }

  function erase(device: Device, target: ErasureTarget): void {
    oracle.erasureAsked(device.userId, target);
    device.ask({ action: 'erase', id: device.nextId(), ...target });
  }

  /** Asks until it is there, and once more when it has been fetched: the same zip may be given again. */
  function exportAll(device: Device, part = 1, attempt = 1): void {
    const frame = { action: 'export', id: device.nextId(), part };
    device.ask(frame, ({ url, expiresAt, parts = 0 }, { startedAt }) => {
      if (part === 1 && parts > 1) exportAll(device, 2 + random.below(parts - 1), mostAttempts);
      if (attempt < mostAttempts)
        time.after(random.between(20_000, 120_000), () => exportAll(device, part, attempt + 1));
      if (url === undefined) return;
      const zip = device.inZip(url);
      checkHandedOut(deps, zip, startedAt);
      if (random.chance(0.5)) regret(zip, device.userId);
      const left = expiresAt * 1000 - time.now() - 1;
      for (const later of [random.between(0, left), left])
        time.after(later, () => {
          const content = device.fetch(url);
          if (content !== undefined) checkFetched(deps, content, 'export');
        });
    });
  }

  /** Somebody whose message lies in another one's zip erases it. */
  function regret(zip: string, owner: string): void {
    const texts = markersIn(zip).filter(({ by }) => by !== owner);
    const message = oracle.byMarker(textOf(random.pick(texts) ?? { kind: 'message', by: '', number: 0 }));
    const author = devices.find((each) => each.userId === message?.from && each.isConnected());
    if (message === undefined || author === undefined) return;
    const { conversationId, seq } = message;
    const target = random.pick<ErasureTarget>([
      { scope: 'message', conversationId, seq },
      { scope: 'message', conversationId, seq },
      { scope: 'conversation', conversationId },
    ]);
    if (target !== undefined) time.after(random.between(0, 20_000), () => erase(author, target));
  }
}
