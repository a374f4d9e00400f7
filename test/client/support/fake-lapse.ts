import type { MessageBody } from '../../../shared/protocol/messages/table.ts';
import type { ClientFrame, Frame } from '../../../shared/protocol/table.ts';
import type { FakeLapse, Link } from './fake-lapse-type.ts';
import { historyPage } from './history-page.ts';
import { limits } from './limits.ts';
import { summariesOf } from './summaries.ts';

const gatewayMessages = {
  'gateway-error': 'Internal server error',
  'gateway-forbidden': 'Forbidden',
  'gateway-throttled': 'Too Many Requests',
} as const;

export function fakeLapse(now: () => number, retentionSeconds = 600): FakeLapse {
  const conversations = new Map<
    string,
    { readonly members: readonly string[]; messages: MessageBody[]; lastSeq: number }
  >();
  const lines = new Set<{ user: string; link: Link }>();
  const held: { user: string; message: MessageBody }[] = [];
  const consentWhenOpened = new WeakMap<object, boolean>();
  /** The rooms that each connection watches: it reads and writes in no other. */
  const watching = new WeakMap<object, Set<string>>();
  const isShut = (line: object, conversationId: string) =>
    conversationId.startsWith('r-') && watching.get(line)?.has(conversationId) !== true;

  const alive = (messages: readonly MessageBody[]) =>
    messages.filter(({ expiresAt }) => expiresAt * 1000 > now());
  const listOf = (user: string) => summariesOf(user, conversations).map((each) => server.listed(each));
  const pushTo = (user: string, frame: object) => {
    for (const line of lines) if (line.user === user) line.link.send(JSON.stringify(frame));
  };

  function deliver(user: string, message: MessageBody): void {
    const fault = server.pushFault(message, user);
    if (fault === 'lose') return;
    if (fault === 'hold') {
      held.push({ user, message });
      return;
    }
    pushTo(user, { type: 'message', message });
    if (fault === 'twice') pushTo(user, { type: 'messages', messages: [message] });
  }

  /** Who has given what to which message. */
  const given = new Map<string, Map<string, Set<string>>>();
  let lastRev = 0;

  function react(user: string, { id, conversationId, seq, emoji, on }: Frame<'react'>): object | undefined {
    const conversation = conversations.get(conversationId);
    const message = conversation?.messages.find((one) => one.seq === seq);
    if (conversation === undefined || message === undefined) return undefined;
    const key = `${conversationId} ${seq}`;
    const kinds = given.get(key) ?? new Map<string, Set<string>>();
    const people = kinds.get(emoji) ?? new Set();
    if (on) people.add(user);
    else people.delete(user);
    kinds.set(emoji, people);
    given.set(key, kinds);
    lastRev += 1;
    const rev = lastRev;
    const there = [...kinds].filter(([, { size }]) => size > 0);
    const reactions = there.map(([kind, { size }]) => ({ emoji: kind, count: size }));
    conversation.messages = conversation.messages.map((one) =>
      one === message ? { ...message, rev, reactions } : one,
    );
    for (const member of conversation.members)
      pushTo(member, {
        ...{ type: 'reacted', conversationId, seq, rev, reactions },
        by: { userId: user, emoji, on },
      });
    const own = reactions.map((each) => ({
      ...each,
      ...(kinds.get(each.emoji)?.has(user) === true && { own: true }),
    }));
    return { type: 'ack', id, conversationId, seq, rev, reactions: own };
  }

  function pin({ id, conversationId, seq, on }: Frame<'pin'>): object | undefined {
    const conversation = conversations.get(conversationId);
    const message = conversation?.messages.find((one) => one.seq === seq);
    if (conversation === undefined || message === undefined) return undefined;
    lastRev += 1;
    const rev = lastRev;
    const { pinnedAt: _before, ...rest } = message;
    const mark = on ? { pinnedAt: now() } : {};
    conversation.messages = conversation.messages.map((one) =>
      one === message ? { ...rest, rev, ...mark } : one,
    );
    for (const member of conversation.members)
      pushTo(member, { type: 'pinned', conversationId, seq, rev, on, ...mark });
    return { type: 'ack', id, conversationId, seq, rev, ...mark };
  }

  function reply(user: string, line: object, frame: ClientFrame): object {
    const error = (code: string, retryable = false) => ({
      type: 'error',
      id: frame.id,
      error: { code, message: code, retryable },
    });
    const ack = (result: object) => ({ type: 'ack', id: frame.id, ...result });
    const open = ['hello', 'consent', 'ping'].includes(frame.action);
    if (!open && consentWhenOpened.get(line) !== true) return error('CONSENT_REQUIRED');
    switch (frame.action) {
      case 'edit':
      case 'recall':
        return error('NOT_FOUND');
      case 'hello':
        return ack({
          userId: user,
          consent: {
            state: server.consented.has(user) ? 'granted' : 'none',
            policyVersion: '7',
            policyUrl: 'https://example.com/policy',
          },
          retention: {
            messages: { stored: server.stored, seconds: retentionSeconds },
            profiles: { stored: true, seconds: 604_800 },
          },
          limits,
          ...(server.reconnectWithinSeconds !== undefined && {
            reconnectWithinSeconds: server.reconnectWithinSeconds,
          }),
          ...(server.consented.has(user) && { conversations: listOf(user), blocked: server.blocked }),
        });
      case 'conversations':
        return ack({ conversations: listOf(user), blocked: server.blocked });
      case 'ping':
        return ack({ serverTime: now() });
      case 'consent':
        if (frame.decision === 'withdraw') {
          server.consented.delete(user);
          return ack({ state: 'withdrawn' });
        }
        if (frame.policyVersion !== '7') return error('CONSENT_STALE');
        if (frame.jurisdiction !== 'KR') return error('JURISDICTION_UNKNOWN');
        if (Number(frame.birthDate?.slice(0, 4)) > 2012) return error('AGE_NOT_MET');
        server.consented.add(user);
        return ack({ state: 'granted' });
      case 'open': {
        const members = [...new Set([user, ...frame.members])].sort();
        const conversationId = `${frame.kind === 'direct' ? 'd' : 'g'}-${members.join('-')}`;
        if (!conversations.has(conversationId)) server.create(conversationId, members);
        return ack({
          conversationId,
          kind: frame.kind,
          members,
          lastSeq: conversations.get(conversationId)?.lastSeq ?? 0,
        });
      }
      case 'members': {
        const members = conversations.get(frame.conversationId)?.members;
        if (members === undefined) return error('NOT_FOUND');
        const begin = Number(frame.cursor ?? 0);
        const end = begin + server.membersPage;
        const next = end < members.length ? { next: String(end) } : {};
        return ack({ members: members.slice(begin, end), roles: {}, revision: 0, ...next });
      }
      case 'send': {
        const earlier = conversations
          .get(frame.conversationId)
          ?.messages.some((one) => one.id === frame.id && one.from === user);
        if (!conversations.has(frame.conversationId) || isShut(line, frame.conversationId))
          return error('NOT_FOUND');
        if (frame.content.type !== 'text') return error('MEDIA_MISMATCH');
        const { text } = frame.content;
        const { conversationId, seq, sentAt, expiresAt } = server.post(
          user,
          frame.conversationId,
          text,
          frame.id,
        );
        return ack({
          conversationId,
          seq,
          sentAt,
          expiresAt,
          stored: server.stored,
          ...(earlier === true && { duplicate: true }),
        });
      }
      case 'profile':
        return ack({ profiles: (frame.get ?? [user]).map((userId) => ({ userId })) });
      case 'read':
      case 'delivered':
      case 'typing':
      case 'pushToken':
        return ack({ devices: [] });
      case 'block':
      case 'report':
      case 'mute':
      case 'arrange':
        return ack({});
      case 'react':
        return react(user, frame) ?? error('NOT_FOUND');
      case 'pin':
        return pin(frame) ?? error('NOT_FOUND');
      case 'title':
        return ack({ title: frame.title });
      case 'presence':
        return ack({ presences: frame.userIds.map((userId) => ({ userId, online: false })) });
      case 'settings': {
        const { action: _action, id: _id, ...changes } = frame;
        return ack({ reads: true, deliveries: true, presence: 'contacts', lastActive: 'hour', ...changes });
      }
      case 'watch': {
        const room = conversations.get(frame.conversationId);
        if (room === undefined) return error('NOT_FOUND');
        watching.set(line, new Set([...(watching.get(line) ?? []), frame.conversationId]));
        return ack({ lastSeq: room.lastSeq, live: 3 });
      }
      case 'unwatch':
        return watching.get(line)?.delete(frame.conversationId) === true ? ack({}) : error('NOT_FOUND');
      case 'devices':
        return ack({ devices: [] });
      case 'upload':
      case 'download':
        return error('NOT_STORED');
      case 'erase':
        return ack({ requestId: 'r1', state: 'accepted' });
      case 'export': {
        const requestId = `export-of-${user}`;
        const { part = 1 } = frame;
        if (server.exportedParts === 0) return ack({ requestId, state: 'accepted' });
        if (part > server.exportedParts) return error('NOT_FOUND');
        const expiresAt = Math.floor(now() / 1000) + 900 - part;
        const url = `https://files.example/${part}.zip`;
        return ack({ requestId, state: 'ready', url, expiresAt, parts: server.exportedParts });
      }
      case 'search': {
        const { conversationId, text, before = Number.POSITIVE_INFINITY, limit = 20 } = frame;
        const sought = alive(conversations.get(conversationId)?.messages ?? []).filter(
          ({ seq, content }) => seq < before && content.type === 'text' && content.text.includes(text),
        );
        const messages = sought.toReversed().slice(0, limit);
        return ack({ messages, ...(sought.length > limit && { next: messages.at(-1)?.seq }) });
      }
      case 'history': {
        const found = conversations.get(frame.conversationId);
        if (found === undefined || isShut(line, frame.conversationId)) return error('NOT_FOUND');
        if (!server.stored) return error('NOT_STORED');
        if (frame.pinned === true) {
          const pinned = alive(found.messages).filter(({ pinnedAt }) => pinnedAt !== undefined);
          return ack({ messages: pinned.toReversed(), firstSeq: 1, lastSeq: found.lastSeq });
        }
        const limit = Math.min(frame.limit ?? 100, server.pageSize);
        return ack(historyPage(alive(found.messages), found.lastSeq, frame, limit));
      }
    }
  }

  const server: FakeLapse = {
    fault: () => 'none',
    pushFault: () => 'none',
    refuse: () => false,
    listed: (summary) => summary,
    blocked: [],
    membersPage: 100,
    consented: new Set(['alice', 'bob', 'carol']),
    stored: true,
    pageSize: 100,
    exportedParts: 0,
    frames: [],
    tokens: [],
    accept([protocol, token = ''], link) {
      server.tokens.push(token);
      if (protocol !== 'lapse.v1' || server.refuse(token)) return undefined;
      const user = token.split('.')[0] ?? '';
      const line = { user, link };
      lines.add(line);
      consentWhenOpened.set(line, server.consented.has(user));
      const close = () => {
        lines.delete(line);
        link.close();
      };
      return {
        user,
        gone: () => lines.delete(line),
        receive(text) {
          const frame: ClientFrame = JSON.parse(text);
          server.frames.push(frame);
          const fault = server.fault(frame, user);
          if (fault === 'drop-before') return close();
          if (fault === 'gateway-error' || fault === 'gateway-forbidden' || fault === 'gateway-throttled') {
            const message = gatewayMessages[fault];
            return link.send(JSON.stringify({ message, connectionId: 'c=', requestId: 'r=' }));
          }
          if (typeof fault === 'object') {
            const error = { ...fault, message: fault.code };
            return link.send(JSON.stringify({ type: 'error', id: frame.id, error }));
          }
          const answer = fault === 'empty-ack' ? { type: 'ack', id: frame.id } : reply(user, line, frame);
          if (fault === 'drop-after') return close();
          if (fault !== 'lose-ack') link.send(JSON.stringify(answer));
        },
      };
    },
    create(conversationId, members) {
      conversations.set(conversationId, { members, messages: [], lastSeq: 0 });
    },
    post(from, conversationId, text, id = `${from}-${conversations.get(conversationId)?.lastSeq}`) {
      const found = conversations.get(conversationId);
      if (found === undefined) throw new Error(`no conversation ${conversationId}`);
      const earlier = found.messages.find((one) => one.id === id && one.from === from);
      if (earlier !== undefined) return earlier;
      found.lastSeq += 1;
      const expiresAt = Math.floor(now() / 1000) + retentionSeconds;
      const message: MessageBody = {
        conversationId,
        seq: found.lastSeq,
        id,
        from,
        sentAt: now(),
        expiresAt,
        content: { type: 'text', text },
      };
      found.messages.push(message);
      for (const member of found.members) deliver(member, message);
      return message;
    },
    erase(conversationId, seq) {
      const found = conversations.get(conversationId);
      if (found !== undefined) found.messages = found.messages.filter((each) => each.seq !== seq);
    },
    list: (conversationId) => alive(conversations.get(conversationId)?.messages ?? []),
    push: pushTo,
    release() {
      for (const { user, message } of held.splice(0).reverse()) pushTo(user, { type: 'message', message });
    },
    dropAll() {
      for (const line of [...lines]) {
        lines.delete(line);
        line.link.close();
      }
    },
    connections: () => lines.size,
  };
  return server;
}
