import type { Limits } from '../configuration/limits.ts';
import type { Action, Frame } from '../protocol/table.ts';

/** What is counted for each user, each by itself. */
export type LimitName =
  | 'messages'
  | 'signals'
  | 'reactions'
  | 'uploadBytes'
  | 'openMembers'
  | 'membersAdded'
  | 'watches'
  | 'reads'
  | 'searches'
  | 'profileReads'
  | 'erasures'
  | 'exports'
  | 'consents'
  | 'blocks'
  | 'reports'
  | 'failedFrames';

type ActionLimit<Name extends Action> = {
  readonly limit: LimitName;
  /** Of an action that does something or only looks: what looks takes one of `reads`. */
  readonly isLook?: (frame: Frame<Name>) => boolean;
  /** How many of the limit's tokens the frame takes; 0: it is let pass. What is too large anyway takes no more than that. */
  readonly weigh: (frame: Frame<Name>, limits: Limits) => number;
};

const one = () => 1;

/** Which limit each action falls under. One that is added later does not compile until it has its limit here. */
export const actionLimits: { readonly [Name in Action]: ActionLimit<Name> } = {
  hello: { limit: 'reads', weigh: one },
  ping: { limit: 'reads', weigh: one },
  devices: { limit: 'reads', weigh: one },
  history: { limit: 'reads', weigh: one },
  // Reads up to a thousand messages.
  search: { limit: 'searches', weigh: one },
  conversations: { limit: 'reads', weigh: one },
  // Each change is pushed to everybody; to look is to read.
  members: {
    limit: 'membersAdded',
    isLook: ({ add, remove, leave, role, close }) =>
      [add, remove, leave, role, close].every((act) => act === undefined),
    weigh: ({ add = [] }) => Math.max(1, add.length),
  },
  // Pushed to everybody, too.
  title: { limit: 'membersAdded', weigh: one },
  download: { limit: 'reads', weigh: one },
  profile: { limit: 'profileReads', weigh: ({ get }) => get?.length ?? 1 },
  presence: { limit: 'profileReads', weigh: ({ userIds }) => Math.max(1, userIds.length) },
  send: { limit: 'messages', weigh: one },
  edit: { limit: 'messages', weigh: one },
  recall: { limit: 'messages', weigh: one },
  pin: { limit: 'messages', weigh: one },
  react: { limit: 'reactions', weigh: one },
  read: { limit: 'signals', weigh: one },
  // Each becomes three rows.
  watch: { limit: 'watches', weigh: one },
  unwatch: { limit: 'watches', weigh: one },
  delivered: { limit: 'signals', weigh: one },
  settings: { limit: 'signals', weigh: one },
  mute: { limit: 'signals', weigh: one },
  arrange: { limit: 'signals', weigh: one },
  pushToken: { limit: 'signals', weigh: one },
  typing: { limit: 'signals', weigh: one },
  upload: {
    limit: 'uploadBytes',
    weigh: ({ bytes, kind }, limits) => Math.min(bytes, limits[`${kind}Bytes`]),
  },
  // Each becomes a row.
  open: {
    limit: 'openMembers',
    weigh: ({ members }, { groupMembers }) => Math.min(members.length, groupMembers),
  },
  erase: { limit: 'erasures', weigh: one },
  export: { limit: 'exports', weigh: one },
  block: { limit: 'blocks', weigh: one },
  report: { limit: 'reports', weigh: one },
  // Nobody is kept from withdrawing.
  consent: { limit: 'consents', weigh: ({ decision }) => (decision === 'grant' ? 1 : 0) },
};
