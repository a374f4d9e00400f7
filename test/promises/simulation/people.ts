import type { Socket } from '../aws/sockets.ts';
import type { Item } from '../dynamodb/item.ts';
import type { Oracle } from '../oracle/oracle.ts';
import type { Violations } from '../oracle/violations.ts';
import { type Acts, actOf, count } from './acts.ts';
import type { Cloud } from './cloud.ts';
import type { Invocation } from './invocation.ts';
import { markersIn, textOf } from './marker.ts';
import type { Random } from './random.ts';
import type { Timeline } from './timeline.ts';

export type Reply = Readonly<Record<string, any>>;

export type PeopleDeps = {
  readonly cloud: Cloud;
  readonly oracle: Oracle;
  readonly violations: Violations;
  readonly time: Timeline;
  readonly acts: Acts;
};

/** One device of one person, as a client library would drive it. */
export type Device = {
  readonly userId: string;
  readonly conversations: Set<string>;
  isConnected(): boolean;
  connect(): void;
  disconnect(): void;
  ask(frame: Item, done?: (reply: Reply, invocation: Invocation) => void): void;
  nextId(): string;
  fetch(url: string): string | undefined;
  /** What lies at that address, whether or not it can be fetched. */
  inZip(url: string): string;
  put(url: string, bytes: string): void;
};

const withoutConsent = new Set(['hello', 'consent', 'ping']);

export function peopleOf({ cloud, oracle, violations, time, acts }: PeopleDeps) {
  /** When each was told of their withdrawal; gone once they agree again. */
  const withdrawn = new Map<string, number>();
  /** When each last began to agree, or was done with it: which of the two came last is not told by an ack that comes late. */
  const agreedAt = new Map<string, number>();
  let sockets = 0;
  let frames = 0;

  return { withdrawn, device };

  function device(userId: string, conversations: Set<string>): Device {
    let socket: Socket | undefined;

    function connect(): void {
      const token = { userId, expiresAt: Math.floor(time.now() / 1000) + 3_600 };
      const offered = Buffer.from(JSON.stringify(token)).toString('base64url');
      const headers = { 'sec-websocket-protocol': `lapse.v1, ${offered}` };
      cloud.invoke('authorize', { methodArn: 'arn', headers }, (authorized) => {
        if (!authorized.ok) return;
        const { context: authorizer } = authorized.result as { readonly context?: object };
        if (authorizer === undefined) return;
        sockets += 1;
        const opening: Socket = {
          ...{ connectionId: `c${sockets}`, userId, connectedAt: time.now(), authorizer, isOpen: true },
          receive: (text) => received(opening, text),
        };
        cloud.invoke('connect', event(opening, '$connect'), (connected) => {
          const { statusCode } = ((connected.ok && connected.result) || {}) as {
            readonly statusCode?: number;
          };
          if (statusCode !== 200) return;
          cloud.sockets.add(opening);
          socket = opening;
          time.after(7_200_000, () => cloud.sockets.close(opening));
        });
      });
    }

    function received(at: Socket, text: string): void {
      if (!at.isOpen) return;
      const push = JSON.parse(text) as Reply;
      const invocation = pushedBy();
      const hasAgreedSince = (agreedAt.get(userId) ?? -1) >= invocation.startedAt;
      if (push['type'] === 'ack' && push['state'] === 'withdrawn') {
        count(acts, 'consent withdraw');
        if (!hasAgreedSince) withdrawn.set(userId, time.now());
      }
      if (push['type'] !== 'message') return;
      oracle.shown(push['message'], invocation, 'push');
      if ((withdrawn.get(userId) ?? Number.POSITIVE_INFINITY) < invocation.startedAt)
        violations.add('pushed to somebody who has withdrawn', `${userId} by ${invocation.functionName}`);
    }

    function ask(frame: Item, done: (reply: Reply, invocation: Invocation) => void = () => undefined): void {
      const at = socket;
      if (at?.isOpen !== true) return;
      const action = String(frame['action']);
      const agrees = () => {
        if (frame['decision'] !== 'grant') return;
        withdrawn.delete(userId);
        agreedAt.set(userId, time.now());
      };
      agrees();
      cloud.invoke(action, event(at, action, JSON.stringify(frame)), (outcome, invocation) => {
        const { body } = ((outcome.ok && outcome.result) || {}) as { readonly body?: string };
        const reply = JSON.parse(body ?? '{"type":"error","error":{"code":"INTERNAL"}}') as Reply;
        agrees();
        if (reply['type'] === 'ack') {
          count(acts, actOf(frame));
          processed(action, invocation);
        }
        if (at.isOpen) done(reply, invocation);
      });
    }

    function processed(action: string, { startedAt }: Invocation): void {
      const since = withdrawn.get(userId);
      if (since !== undefined && since < startedAt && !withoutConsent.has(action))
        violations.add(`processed after a withdrawal: ${action}`, userId);
    }

    return {
      userId,
      conversations,
      isConnected: () => socket?.isOpen === true,
      connect,
      disconnect() {
        if (socket !== undefined) cloud.sockets.close(socket);
      },
      ask,
      nextId() {
        frames += 1;
        return `f${frames}`;
      },
      fetch,
      inZip,
      put,
    };
  }

  function event({ connectionId, connectedAt, authorizer }: Socket, routeKey: string, body?: string): object {
    const requestContext = { routeKey, connectionId, requestId: 'r', connectedAt, authorizer };
    return { requestContext, ...(body !== undefined && { body }) };
  }

  function signed(url: string) {
    const { name, Bucket = '', Key = '', from, until } = Object.fromEntries(new URL(url).searchParams);
    const isOpen = Number(from) <= time.now() && time.now() < Number(until);
    return { name, Bucket, Key, isOpen };
  }

  function fetch(url: string): string | undefined {
    const { Bucket, Key, isOpen } = signed(url);
    const object = isOpen ? cloud.objects.get(Bucket, Key) : undefined;
    return object && Buffer.from(object.bytes).toString('latin1');
  }

  function inZip(url: string): string {
    const { Bucket, Key } = signed(url);
    return Buffer.from(cloud.objects.get(Bucket, Key)?.bytes ?? []).toString('latin1');
  }

  function put(url: string, bytes: string): void {
    const { Bucket, Key, isOpen } = signed(url);
    if (isOpen && cloud.objects.get(Bucket, Key) === undefined)
      cloud.objects.put(Bucket, Key, Buffer.from(bytes));
  }

  function pushedBy(): Invocation {
    return cloud.atWork();
  }
}

export type CheckFetchedDeps = Pick<PeopleDeps, 'oracle' | 'violations' | 'time'> & {
  /** Whether an erasure of theirs is still under way: it is with the receipt that zips of others are promised to be gone. */
  readonly isErasing: (userId: string) => boolean;
};

/** What was fetched, of messages, must not have ended by now, nor have been erased. */
export function checkFetched(
  { oracle, violations, time, isErasing }: CheckFetchedDeps,
  content: string,
  via: string,
): void {
  for (const marker of markersIn(content)) {
    const message = oracle.byMarker(textOf(marker));
    if (message === undefined) continue;
    const late = time.now() - oracle.ends.endOf(message);
    if (message.expiresAt * 1000 <= time.now()) violations.add(`${via} shows what has ended`, `${late} ms`);
    const isErased = message.erasedAt !== undefined && message.erasedAt + 180_000 < time.now();
    if (isErased && !isErasing(marker.by)) violations.add(`${via} shows what was erased`, textOf(marker));
  }
}

/** Of a zip whose address was given nothing may have ended when that was asked for, by whatever policy, nor have been erased long before. */
export function checkHandedOut(
  { oracle, violations, isErasing }: Pick<CheckFetchedDeps, 'oracle' | 'violations' | 'isErasing'>,
  content: string,
  askedAt: number,
): void {
  for (const marker of markersIn(content)) {
    const message = oracle.byMarker(textOf(marker));
    const late = message === undefined ? -1 : askedAt - oracle.ends.endOf(message);
    if (late >= 0) violations.add('an address of an export in which something has ended', `${late} ms`);
    const erasedAt = message?.erasedAt ?? Number.POSITIVE_INFINITY;
    if (erasedAt + 180_000 < askedAt && !isErasing(marker.by))
      violations.add('export shows what was erased', textOf(marker));
  }
}

export type People = ReturnType<typeof peopleOf>;
export const anyOf = <Each>(random: Random, among: Iterable<Each>): Each | undefined =>
  random.pick([...among]);
