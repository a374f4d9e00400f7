import type * as z from 'zod';
import type { Action, actions } from '../../../shared/protocol/table.ts';

type Written<Name extends Action> = z.input<(typeof actions)[Name]['frame']>;
export type ValidFrames = { readonly [Name in Action]: readonly Written<Name>[] };

export type Named = { readonly conversationId: string; readonly mediaId: string; readonly userId: string };

const sha256 = 'LOonTQvtw57Eq2up5Z7IiePtb7VqHPCIpk2bODN43Jc=';

/** A frame of each shape that an action has, with everything in it that may be there. */
export function validFrames({ conversationId, mediaId, userId }: Named): ValidFrames {
  const id = 'f-1';
  const media = { action: 'send', id, conversationId } as const;
  const upload = { action: 'upload', id, conversationId, kind: 'file', contentType: 'a/b', sha256 } as const;
  return {
    hello: [{ action: 'hello', id, cursors: { [conversationId]: 1 } }],
    ping: [{ action: 'ping', id }],
    title: [
      { action: 'title', id, conversationId, title: 'Saturday' },
      { action: 'title', id, conversationId, title: null },
    ],
    react: [{ action: 'react', id, conversationId, seq: 1, emoji: '👍🏽', on: true }],
    pin: [{ action: 'pin', id, conversationId, seq: 1, on: true }],
    mute: [{ action: 'mute', id, conversationId, until: 1_900_000_000_000 }],
    arrange: [{ action: 'arrange', id, conversationId, pinned: true, hidden: false }],
    devices: [
      { action: 'devices', id },
      { action: 'devices', id, end: 'L0SM9cOFvHcCIhw=' },
    ],
    consent: [
      {
        action: 'consent',
        id,
        decision: 'grant',
        policyVersion: '1',
        jurisdiction: 'KR',
        birthDate: '1990-05-17',
      },
      {
        action: 'consent',
        id,
        decision: 'grant',
        policyVersion: '1',
        jurisdiction: 'KR',
        ageBand: [18, null],
      },
      { action: 'consent', id, decision: 'withdraw' },
    ],
    profile: [
      {
        action: 'profile',
        id,
        set: {
          nickname: 'A',
          avatarUrl: 'https://a.example/a.png',
          signature: 'hello\nyou',
          visibility: { nickname: 'everyone', avatarUrl: 'contacts', signature: 'nobody' },
        },
      },
      { action: 'profile', id, get: [userId] },
    ],
    open: [
      { action: 'open', id, kind: 'direct', members: [userId] },
      { action: 'open', id, kind: 'group', members: [userId, 'carol'], title: 'Saturday', retention: 60 },
      { action: 'open', id, kind: 'room', members: [], title: 'Saturday', retention: 60 },
    ],
    watch: [{ action: 'watch', id, conversationId }],
    unwatch: [{ action: 'unwatch', id, conversationId }],
    members: [{ action: 'members', id, conversationId }],
    conversations: [{ action: 'conversations', id, cursor: 'x' }],
    send: [
      {
        ...media,
        content: { type: 'text', text: 'hello' },
        replyTo: 1,
        mentions: [userId],
        mentionsAll: true,
      },
      { ...media, content: { type: 'image', mediaId, caption: 'the sea', name: 'sea.jpg' } },
      { ...media, content: { type: 'video', mediaId, posterId: mediaId } },
      { ...media, content: { type: 'audio', mediaId, voice: true, caption: 'listen' } },
      { ...media, content: { type: 'forward', conversationId, seq: 1 } },
      { ...media, content: { type: 'custom', kind: 'poll', data: { options: ['a', 1, null] } } },
    ],
    edit: [
      { action: 'edit', id, conversationId, seq: 1, content: { type: 'text', text: 'again' } },
      { action: 'edit', id, conversationId, seq: 1, content: { type: 'image', mediaId, caption: 'the sea' } },
      { action: 'edit', id, conversationId, seq: 1, content: { type: 'custom', kind: 'poll', data: {} } },
    ],
    recall: [{ action: 'recall', id, conversationId, seq: 1 }],
    history: [
      { action: 'history', id, conversationId, changedAfter: 0 },
      { action: 'history', id, conversationId, after: 0, limit: 10 },
      { action: 'history', id, conversationId, before: 2 },
    ],
    search: [
      { action: 'search', id, conversationId, text: 'sea', before: 2, limit: 10 },
      { action: 'search', id, conversationId, text: 'the sea' },
    ],
    read: [{ action: 'read', id, conversationId, seq: 1 }],
    delivered: [{ action: 'delivered', id, conversationId, seq: 1 }],
    presence: [{ action: 'presence', id, userIds: [userId] }],
    settings: [
      { action: 'settings', id, reads: false, deliveries: false, presence: 'nobody', lastActive: 'never' },
    ],
    typing: [{ action: 'typing', id, conversationId, seq: 1 }],
    block: [
      { action: 'block', id, userId, blocked: true },
      { action: 'block', id, after: userId },
    ],
    pushToken: [
      { action: 'pushToken', id, device: 'phone-1', platform: 'apns', token: 'a0'.repeat(32) },
      { action: 'pushToken', id, device: 'phone-2', platform: 'fcm', token: 'dev:APA91b' },
      { action: 'pushToken', id, device: 'phone-1', token: null },
    ],
    report: [{ action: 'report', id, conversationId, seq: 1, reason: 'spam' }],
    upload: [
      { ...upload, bytes: 1_000 },
      { ...upload, bytes: 8_388_609, parts: [sha256, sha256] },
    ],
    download: [
      { action: 'download', id, conversationId, seq: 1, variant: 'thumbnail' },
      { action: 'download', id, conversationId, seq: 1, received: true },
    ],
    erase: [
      { action: 'erase', id, scope: 'message', conversationId, seq: 1 },
      { action: 'erase', id, scope: 'conversation', conversationId },
      { action: 'erase', id, scope: 'profile' },
      { action: 'erase', id, scope: 'account' },
    ],
    export: [{ action: 'export', id, part: 1 }],
  };
}
