import { ownView } from '../profiles/profile-view.ts';
import type { PersonalStore } from '../protocol/personal-stores.ts';
import type { Profile } from '../protocol/profile/table.ts';
import type { ConnectionStore } from '../stores/connections/connection-store.ts';
import type { ConsentStore } from '../stores/consents/consent-store.ts';
import type { AskRetention } from '../stores/expiry/retention.ts';
import type { PersonalRowStore } from '../stores/personal/personal-row-store.ts';
import type { PrivacyRecordStore } from '../stores/privacy/privacy-record-store.ts';
import { isProfileReadable } from '../stores/profiles/profile.ts';
import type { ProfileStore } from '../stores/profiles/profile-store.ts';
import type { RateLimitRowStore } from '../stores/rate-limits/rate-limit-row-store.ts';
import type { SendStore } from '../stores/sends/send-store.ts';
import type { EpochSeconds } from '../time.ts';
import { type ExportConversationsDeps, exportConversations } from './export-conversations.ts';
import { type ExportMediaDeps, exportMedia } from './export-media.ts';
import { exportMessages } from './export-messages.ts';
import { exportPersonal } from './export-personal.ts';
import { exportSends } from './export-sends.ts';
import { type Exported, type Exporter, oneFile } from './exporter.ts';
import { exportOwnInRooms, exportOwnMediaInRooms, type OwnInRoomsDeps, withRooms } from './own-in-rooms.ts';

export type ExportersDeps = ExportConversationsDeps & {
  /** Undefined where they are not stored. */
  readonly messages:
    | (Pick<ExportMediaDeps, 'objects' | 'locate' | 'retention'> & Pick<OwnInRoomsDeps, 'messages'>)
    | undefined;
  /** Where somebody has written and is no member. */
  readonly sentInRooms: OwnInRoomsDeps['sentInRooms'];
  readonly profiles:
    | { readonly profiles: Pick<ProfileStore, 'read'>; readonly retention: AskRetention }
    | undefined;
  readonly sends: Pick<SendStore, 'list'>;
  readonly connections: Pick<ConnectionStore, 'readSockets'>;
  readonly personal: Pick<PersonalRowStore, 'list'>;
  readonly rateLimits: Pick<RateLimitRowStore, 'list'>;
  readonly ledger: Pick<ConsentStore, 'list'>;
  readonly privacy: PrivacyRecordStore;
};

export type NotExported = { readonly notExported: string };
export type Exporters = Readonly<Record<PersonalStore, Exporter | NotExported>>;

const notStored: NotExported = { notExported: 'not stored by this service' };
const passing: NotExported = {
  notExported: 'passed on where messages are not stored, and gone within minutes',
};
const idsOfPushes: NotExported = {
  notExported: 'ids of pushes that are tried again for an hour; the messages themselves are under messages/',
};
const deadLetters: NotExported = { notExported: 'ids of work that failed, for four days' };

/** What an export does about each store. One that is added later does not compile until it has its answer here. */
export function exporters(deps: ExportersDeps): Exporters {
  const { messages, profiles } = deps;
  return {
    profiles: profiles === undefined ? notStored : oneFile('profile.json', ownProfile(profiles), endOf),
    consents: oneFile('consent.json', async ({ userId }) => deps.ledger.list(userId)),
    connections: oneFile('connections.json', openConnections(deps.connections)),
    rateLimits: oneFile('rate-limits.json', async ({ userId }) => {
      const rows = await deps.rateLimits.list(userId);
      return rows.length > 0 ? rows : undefined;
    }),
    privacy: oneFile('requests.json', async ({ userId }) => deps.privacy.about(userId)),
    personal: exportPersonal({ personal: deps.personal, retention: messages?.retention }),
    reports: {
      notExported:
        'copies of what was reported, for moderators; what you have reported is in personal.jsonl, and what you wrote under messages/',
    },
    reportObjects: { notExported: 'copies of the media of what was reported, for moderators' },
    sends: exportSends(deps.sends),
    conversations: exportConversations(deps, messages !== undefined),
    messages:
      messages === undefined
        ? notStored
        : withRooms(exportMessages({ ...deps, ...messages }), exportOwnInRooms({ ...deps, ...messages })),
    changes: {
      notExported:
        'that a message of that number was edited, recalled, pinned or erased, for 30 days; messages/ says of each when',
    },
    mediaObjects:
      messages === undefined
        ? notStored
        : withRooms(exportMedia({ ...deps, ...messages }), exportOwnMediaInRooms({ ...deps, ...messages })),
    media: { notExported: 'ids and sizes of uploads; messages/ says the same of those that were sent' },
    handovers: passing,
    handoverObjects: passing,
    retries: idsOfPushes,
    retryDeadLetters: deadLetters,
    roomWork: { notExported: 'ids of rooms in which something is to be told, for an hour' },
    roomWorkDeadLetters: deadLetters,
    notifications: { notExported: 'ids of messages of which somebody is to be notified, for an hour' },
    notificationDeadLetters: deadLetters,
    live: {
      notExported:
        'which large groups and rooms find an open socket, until it closes: connections.json and conversations.json say the rest',
    },
    exports: { notExported: 'ids of this export, until it is written' },
    exportDeadLetters: deadLetters,
    erasures: { notExported: 'ids of work under way; requests.json says the same' },
    erasureDeadLetters: deadLetters,
    holdWork: { notExported: 'ids of work under way, for a day' },
    holdWorkDeadLetters: deadLetters,
    logs: { notExported: 'ids of connections and requests, for a week; nothing in them is found by user' },
    exportFiles: { notExported: 'this zip itself, for half an hour' },
  };
}

/** The file says `agreedTo`, whatever the code calls it: a person may compare two exports. */
function openConnections(connections: ExportersDeps['connections']) {
  return async ({ userId }: Exported): Promise<object> => {
    const { live, muted } = await connections.readSockets(userId);
    return [...live, ...muted].map(({ consentedPolicy, ...rest }) => ({
      ...rest,
      agreedTo: consentedPolicy,
    }));
  };
}

const endOf = ({ expiresAt }: Profile) => expiresAt as EpochSeconds | undefined;

function ownProfile({ profiles, retention }: NonNullable<ExportersDeps['profiles']>) {
  return async ({ userId, until }: Exported): Promise<Profile | undefined> => {
    const [profile] = await profiles.read([userId]);
    const ruling = { ...(await retention()), now: until };
    if (profile === undefined || !isProfileReadable(profile, ruling)) return undefined;
    return ownView(profile, ruling);
  };
}
