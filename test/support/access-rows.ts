import type { ErrorCode } from '../../shared/protocol/errors.ts';
import type { Action } from '../../shared/protocol/table.ts';
import type { Person } from './chat-person.ts';

/** What belongs to alice and bob, and to nobody else. */
export type AccessWorld = {
  readonly stored: boolean;
  /** Alice wrote `seq` in it, a file. */
  readonly conversationId: string;
  readonly seq: number;
  /** Uploaded by alice for it, and sent by nobody. */
  readonly mediaId: string;
  /** A connection of alice's. */
  readonly deviceId: string;
  /** An upload of this person's own, of a film. */
  filmOf(person: Person): string;
  /** A conversation that this person is a member of. */
  homeOf(person: Person): string;
};

/** What the reply is: an ack, or this code. */
export type Outcome = 'ack' | ErrorCode;

export type AccessCase = {
  readonly named: string;
  /** A frame that names what is there, and one that names in its place what is nowhere. */
  frames(world: AccessWorld, asker: Person): { readonly there: object; readonly nowhere: object };
  /** Who has no part in it; the operator of a deployment is such a person too. */
  outsider(world: AccessWorld): Outcome;
  /** A member who did not write it. */
  member(world: AccessWorld): Outcome;
  author(world: AccessWorld): Outcome;
};

export type AccessRow = {
  /** The fields by which nothing of anybody else's can be named. */
  readonly own: readonly string[];
  /** Without consent it is answered all the same. */
  readonly withoutConsent?: true;
  readonly cases: readonly AccessCase[];
};

/** Nobody has this id, and in any order of ids it stands where the other one does. */
const unlike = (id: string): string => `${id.slice(0, -1)}${id.endsWith('-') ? '_' : '-'}`;
const nobodyId = 'nobody-of-that-name';

const always = (outcome: Outcome) => () => outcome;
/** Where messages are not stored there is no such thing, for nobody. */
const stored =
  (outcome: Outcome) =>
  ({ stored: isStored }: AccessWorld): Outcome =>
    isStored ? outcome : 'NOT_STORED';
const forMembers = { outsider: always('NOT_FOUND'), member: always('ack'), author: always('ack') };
const forEverybody = { ...forMembers, outsider: always('ack') };
const forNobody = (outcome: Outcome) => ({
  outsider: always(outcome),
  member: always(outcome),
  author: always(outcome),
});
const storedForMembers = { outsider: stored('NOT_FOUND'), member: stored('ack'), author: stored('ack') };

/** A frame about a conversation, and the same about one that is nowhere. */
const aboutConversation =
  (fields: (world: AccessWorld) => object = () => ({})): AccessCase['frames'] =>
  (world) => ({
    there: { ...fields(world), conversationId: world.conversationId },
    nowhere: { ...fields(world), conversationId: unlike(world.conversationId) },
  });
const withSeq = ({ seq }: AccessWorld) => ({ seq });

const content = { type: 'text', text: 'hello' };
const film = { kind: 'video', contentType: 'video/mp4', bytes: 100, sha256: `${'A'.repeat(43)}=` };

/**
 * For each action everything by which a frame names what may be somebody else's. A new action does not compile without a
 * row, and a field that stands neither in `own` nor in a case fails the test.
 */
export const accessRows: Readonly<Record<Action, AccessRow>> = {
  hello: {
    own: ['seq', 'rev'],
    withoutConsent: true,
    cases: [
      {
        named: 'a conversation among its cursors',
        frames: ({ conversationId }) => ({
          there: { cursors: { [conversationId]: 0 } },
          nowhere: { cursors: { [unlike(conversationId)]: 0 } },
        }),
        ...forEverybody,
      },
    ],
  },
  ping: { own: [], withoutConsent: true, cases: [] },
  devices: {
    own: [],
    cases: [
      {
        named: 'a connection to end',
        frames: ({ deviceId }) => ({ there: { end: deviceId }, nowhere: { end: unlike(deviceId) } }),
        ...forEverybody,
      },
    ],
  },
  consent: {
    own: ['decision', 'policyVersion', 'jurisdiction', 'birthDate', 'ageBand'],
    withoutConsent: true,
    cases: [],
  },
  profile: {
    own: ['set', 'nickname', 'avatarUrl', 'signature', 'visibility'],
    cases: [
      {
        named: 'a profile that is hidden from who is no contact',
        frames: () => ({ there: { get: ['alice'] }, nowhere: { get: [nobodyId] } }),
        ...forEverybody,
      },
    ],
  },
  open: {
    own: ['title', 'retention', 'via', 'history', 'afterLeaving'],
    cases: [
      {
        // Whether somebody takes part is told: they are waited for.
        named: 'somebody to talk to who does not take part',
        frames: (_world, { userId }) => ({
          there: { kind: 'direct', members: [`${nobodyId}-of-${userId}`] },
          nowhere: { kind: 'direct', members: [`${nobodyId}-${userId}`] },
        }),
        ...forEverybody,
      },
      {
        named: 'members of a group',
        frames: () => ({
          there: { kind: 'group', members: [`${nobodyId}-3`, `${nobodyId}-4`] },
          nowhere: { kind: 'group', members: [`${nobodyId}-1`, `${nobodyId}-2`] },
        }),
        ...forEverybody,
      },
    ],
  },
  members: {
    own: ['add', 'remove', 'leave', 'role', 'userId', 'close', 'cursor'],
    cases: [
      { named: 'a conversation', frames: aboutConversation(), ...forMembers },
      {
        named: 'a role',
        frames: aboutConversation(() => ({ role: { userId: 'bob', role: 'admin' } })),
        // Of two people neither is more than the other.
        ...{ outsider: always('NOT_FOUND'), member: always('FORBIDDEN'), author: always('FORBIDDEN') },
      },
    ],
  },
  conversations: {
    own: [],
    cases: [
      {
        named: 'a conversation to go on after',
        frames: ({ conversationId }) => ({
          there: { cursor: conversationId },
          nowhere: { cursor: unlike(conversationId) },
        }),
        ...forEverybody,
      },
    ],
  },
  send: {
    own: ['type', 'text', 'caption', 'name', 'voice', 'kind', 'data', 'mentionsAll'],
    cases: [
      { named: 'a conversation', frames: aboutConversation(() => ({ content })), ...forMembers },
      {
        named: 'a conversation, with media',
        frames: aboutConversation(({ mediaId }) => ({ content: { type: 'file', mediaId } })),
        outsider: always('NOT_FOUND'),
        member: always('MEDIA_MISMATCH'),
        author: always('ack'),
      },
      {
        named: 'a conversation, and a message in it to answer',
        frames: aboutConversation(({ seq }) => ({ content, replyTo: seq })),
        ...forMembers,
      },
      {
        named: 'an upload',
        frames: (world, asker) => {
          const about = (mediaId: string) => ({
            conversationId: world.homeOf(asker),
            content: { type: 'file', mediaId },
          });
          return { there: about(world.mediaId), nowhere: about(unlike(world.mediaId)) };
        },
        outsider: always('MEDIA_MISMATCH'),
        member: always('MEDIA_MISMATCH'),
        author: always('MEDIA_MISMATCH'),
      },
      {
        named: 'a message to forward',
        frames: (world, asker) => {
          const about = (seq: number) => ({
            conversationId: world.homeOf(asker),
            content: { type: 'forward', conversationId: world.conversationId, seq },
          });
          return { there: about(world.seq), nowhere: about(world.seq + 1_000) };
        },
        outsider: stored('NOT_FOUND'),
        member: stored('ack'),
        author: stored('ack'),
      },
      {
        named: 'an upload as a poster',
        frames: (world, asker) => {
          const about = (posterId: string) => ({
            conversationId: world.homeOf(asker),
            content: { type: 'video', mediaId: world.filmOf(asker), posterId },
          });
          return { there: about(world.mediaId), nowhere: about(unlike(world.mediaId)) };
        },
        ...forNobody('MEDIA_MISMATCH'),
      },
      {
        named: 'somebody to mention, who is no member',
        frames: (world, asker) => {
          const about = (userId: string) => ({
            conversationId: world.homeOf(asker),
            content,
            mentions: [userId],
          });
          return { there: about('carol'), nowhere: about(nobodyId) };
        },
        ...forNobody('NOT_FOUND'),
      },
    ],
  },
  react: {
    own: ['emoji', 'on'],
    cases: [
      {
        named: 'a message',
        frames: aboutConversation((world) => ({ ...withSeq(world), emoji: '👍', on: true })),
        ...storedForMembers,
      },
    ],
  },
  pin: {
    own: ['on'],
    cases: [
      {
        named: 'a message',
        frames: aboutConversation((world) => ({ ...withSeq(world), on: true })),
        ...storedForMembers,
      },
    ],
  },
  history: {
    own: ['after', 'before', 'changedAfter', 'limit', 'pinned'],
    cases: [
      { named: 'a conversation', frames: aboutConversation(), ...storedForMembers },
      { named: 'pins', frames: aboutConversation(() => ({ pinned: true })), ...storedForMembers },
    ],
  },
  search: {
    own: ['text', 'before', 'limit'],
    cases: [
      {
        named: 'a conversation',
        frames: aboutConversation(() => ({ text: 'hello' })),
        ...storedForMembers,
      },
    ],
  },
  read: { own: [], cases: [{ named: 'a message', frames: aboutConversation(withSeq), ...forMembers }] },
  delivered: { own: [], cases: [{ named: 'a message', frames: aboutConversation(withSeq), ...forMembers }] },
  presence: {
    own: [],
    cases: [
      {
        named: 'somebody who hides from who is no contact',
        frames: () => ({ there: { userIds: ['alice'] }, nowhere: { userIds: [nobodyId] } }),
        ...forEverybody,
      },
    ],
  },
  settings: { own: ['reads', 'deliveries', 'presence', 'lastActive'], cases: [] },
  typing: { own: [], cases: [{ named: 'a message', frames: aboutConversation(withSeq), ...forMembers }] },
  title: {
    own: ['title'],
    cases: [
      {
        named: 'a conversation',
        frames: aboutConversation(() => ({ title: 'Ours' })),
        outsider: () => 'NOT_FOUND',
        member: () => 'FORBIDDEN',
        author: () => 'FORBIDDEN',
      },
    ],
  },
  mute: {
    own: ['until'],
    cases: [{ named: 'a conversation', frames: aboutConversation(() => ({ until: 0 })), ...forMembers }],
  },
  arrange: {
    own: ['pinned', 'hidden'],
    cases: [{ named: 'a conversation', frames: aboutConversation(() => ({ pinned: false })), ...forMembers }],
  },
  watch: { own: [], cases: [{ named: 'no room', frames: aboutConversation(), ...forNobody('NOT_FOUND') }] },
  unwatch: { own: [], cases: [{ named: 'no room', frames: aboutConversation(), ...forNobody('NOT_FOUND') }] },
  upload: {
    own: ['kind', 'contentType', 'bytes', 'sha256', 'parts'],
    cases: [{ named: 'a conversation', frames: aboutConversation(() => film), ...forMembers }],
  },
  download: {
    own: ['variant'],
    cases: [
      { named: 'the media of a message', frames: aboutConversation(withSeq), ...forMembers },
      {
        named: 'the media of a message, as received',
        frames: aboutConversation(({ seq }) => ({ seq, received: true })),
        ...forMembers,
      },
    ],
  },
  block: {
    // Whom one blocks is one's own list, whoever there is.
    own: ['userId', 'blocked', 'after'],
    cases: [],
  },
  report: {
    own: ['reason'],
    cases: [
      {
        named: 'a message',
        frames: aboutConversation(({ seq }) => ({ seq, reason: 'spam' })),
        ...{ outsider: stored('NOT_FOUND'), member: stored('ack'), author: stored('FORBIDDEN') },
      },
    ],
  },
  export: { own: ['part'], cases: [] },
  // What has been somebody else's token is theirs who hold the device.
  pushToken: { own: ['device', 'platform', 'token'], cases: [] },
  edit: {
    own: ['type', 'text', 'caption', 'kind', 'data'],
    cases: [
      {
        // Alice has sent a file: nobody makes a text of it.
        named: 'a message',
        frames: aboutConversation((world) => ({ ...withSeq(world), content })),
        outsider: stored('NOT_FOUND'),
        member: stored('FORBIDDEN'),
        author: stored('FORBIDDEN'),
      },
      {
        named: 'media that is not the message’s own',
        frames: (world) => {
          const about = (mediaId: string) => ({
            ...{ conversationId: world.conversationId, seq: world.seq },
            content: { type: 'file', mediaId },
          });
          return { there: about(world.mediaId), nowhere: about(unlike(world.mediaId)) };
        },
        outsider: stored('NOT_FOUND'),
        member: stored('FORBIDDEN'),
        author: stored('FORBIDDEN'),
      },
    ],
  },
  recall: {
    own: [],
    cases: [
      {
        named: 'a message',
        frames: aboutConversation(withSeq),
        outsider: stored('NOT_FOUND'),
        member: stored('FORBIDDEN'),
        author: stored('ack'),
      },
    ],
  },
  erase: {
    own: ['scope'],
    cases: [
      {
        named: 'a message',
        frames: aboutConversation(({ seq }) => ({ scope: 'message', seq })),
        outsider: stored('NOT_FOUND'),
        member: stored('FORBIDDEN'),
        author: stored('ack'),
      },
      {
        named: 'a conversation',
        frames: aboutConversation(() => ({ scope: 'conversation' })),
        // Its title is kept where profiles are.
        ...forMembers,
      },
    ],
  },
};
