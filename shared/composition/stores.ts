import { setTimeout } from 'node:timers/promises';
import { asMember as asMemberOf } from '../conversations/as-member.ts';
import { contactsAmong } from '../conversations/contacts-among.ts';
import type { Environment } from '../runtime/environment.ts';
import { changeStore } from '../stores/changes/change-store.ts';
import { connectionExpiryStore } from '../stores/connections/connection-expiry-store.ts';
import { connectionStore } from '../stores/connections/connection-store.ts';
import { ageRefusalStore, ageSecret } from '../stores/consents/age-refusal-store.ts';
import { consentStore } from '../stores/consents/consent-store.ts';
import { currentConsent } from '../stores/consents/current-consent.ts';
import { withdrawalStore } from '../stores/consents/withdrawal-store.ts';
import { conversationBlockStore } from '../stores/conversations/conversation-block-store.ts';
import { conversationEndStore } from '../stores/conversations/conversation-end-store.ts';
import { conversationRowStore } from '../stores/conversations/conversation-row-store.ts';
import { conversationStore } from '../stores/conversations/conversation-store.ts';
import { earlierTitleStore } from '../stores/conversations/earlier-title-store.ts';
import { formerMemberStore } from '../stores/conversations/former-member-store.ts';
import { holdMarkStore } from '../stores/conversations/hold-mark-store.ts';
import { idSecretStore } from '../stores/conversations/id-secret-store.ts';
import { lastRevStore } from '../stores/conversations/last-rev-store.ts';
import { listedStore } from '../stores/conversations/listed-store.ts';
import { membershipStore } from '../stores/conversations/membership-store.ts';
import { ownPlaceStore } from '../stores/conversations/own-place-store.ts';
import { purgeIndexStore } from '../stores/conversations/purge-index-store.ts';
import { readReceiptStore } from '../stores/conversations/read-receipt-store.ts';
import { replacedTitleStore } from '../stores/conversations/replaced-title-store.ts';
import { roomStore } from '../stores/conversations/room-store.ts';
import { waitingRowStore } from '../stores/conversations/waiting-row-store.ts';
import { handoverStore } from '../stores/handovers/handover-store.ts';
import { importStore } from '../stores/imports/import-store.ts';
import { connectedStore } from '../stores/live/connected-store.ts';
import { liveStore } from '../stores/live/live-store.ts';
import { presenceWatchStore } from '../stores/live/presence-watch-store.ts';
import { roomCursorStore } from '../stores/live/room-cursor-store.ts';
import { roomReaders } from '../stores/live/room-readers.ts';
import { watchStore } from '../stores/live/watch-store.ts';
import { forwardStore } from '../stores/media/forward-store.ts';
import { holdMedia } from '../stores/media/hold-media.ts';
import { locateMedia } from '../stores/media/locate-media.ts';
import { mediaObjectStore } from '../stores/media/media-object-store.ts';
import { mediaStore } from '../stores/media/media-store.ts';
import { removeMedia as removeMediaFrom } from '../stores/media/remove-media.ts';
import { membershipChangeStore } from '../stores/membership-changes/membership-change-store.ts';
import { messageChangeStore } from '../stores/message-changes/message-change-store.ts';
import { exactMessageStore } from '../stores/messages/exact-message-store.ts';
import { listedMessageStore } from '../stores/messages/listed-message-store.ts';
import { messageDeletion } from '../stores/messages/message-deletion-store.ts';
import { messageStore } from '../stores/messages/message-store.ts';
import { recalledStore } from '../stores/messages/recalled-store.ts';
import { roomLogStore } from '../stores/messages/room-log-store.ts';
import { versionStore } from '../stores/messages/version-store.ts';
import { moderationStore } from '../stores/moderation/moderation-store.ts';
import { blockStore } from '../stores/personal/block-store.ts';
import { lastActiveStore } from '../stores/personal/last-active-store.ts';
import { personalRowStore } from '../stores/personal/personal-row-store.ts';
import { pushTokenStore } from '../stores/personal/push-token-store.ts';
import { recentStore } from '../stores/personal/recent-store.ts';
import { reportedStore } from '../stores/personal/reported-store.ts';
import { settingsStore } from '../stores/personal/settings-store.ts';
import { waitingStore } from '../stores/personal/waiting-store.ts';
import { pinStore } from '../stores/pins/pin-store.ts';
import { erasureStore } from '../stores/privacy/erasure-store.ts';
import { exportFileStore } from '../stores/privacy/export-file-store.ts';
import { exportStore } from '../stores/privacy/export-store.ts';
import { holdStore } from '../stores/privacy/hold-store.ts';
import { lapStore } from '../stores/privacy/lap-store.ts';
import { lateLookStore } from '../stores/privacy/late-look-store.ts';
import { privacyRecordStore } from '../stores/privacy/privacy-record-store.ts';
import { purgeRunStore } from '../stores/privacy/purge-run-store.ts';
import { receiptStore } from '../stores/privacy/receipt-store.ts';
import { profileStore } from '../stores/profiles/profile-store.ts';
import { profileSweepStore } from '../stores/profiles/profile-sweep-store.ts';
import { titleStore } from '../stores/profiles/title-store.ts';
import { rateLimitRowStore } from '../stores/rate-limits/rate-limit-row-store.ts';
import { ownReactionStore } from '../stores/reactions/own-reaction-store.ts';
import { reactionStore } from '../stores/reactions/reaction-store.ts';
import { reportEndStore } from '../stores/reports/report-end-store.ts';
import { reportListStore } from '../stores/reports/report-list-store.ts';
import { reportObjectStore } from '../stores/reports/report-object-store.ts';
import { reportReadStore } from '../stores/reports/report-read-store.ts';
import { reportStore } from '../stores/reports/report-store.ts';
import { reporterStore } from '../stores/reports/reporter-store.ts';
import { roomSendStore } from '../stores/sends/room-send-store.ts';
import { roomSendsStore } from '../stores/sends/room-sends-store.ts';
import { sendStore } from '../stores/sends/send-store.ts';
import { transientSendStore } from '../stores/sends/transient-send-store.ts';
import { userSendStore } from '../stores/sends/user-send-store.ts';
import { withRooms } from '../stores/sends/with-rooms.ts';
import { titleChangeStore } from '../stores/title-changes/title-change-store.ts';
import { database, objects } from './clients.ts';
import { now, policy } from './settings.ts';

// Every store with the table or bucket that it is of, and nowhere else. A bundle holds those that its handler composes.

export const messages = ({ messageTable }: Environment) => messageStore(database(), messageTable);
/** For lists of conversations. */
export const listedMessages = ({ messageTable }: Environment) => listedMessageStore(database(), messageTable);
/** Of a function that stores them: it says when time to live takes them. */
export const writtenMessages = ({ messageTable, purgeBoundSeconds }: Environment) =>
  messageStore(database(), messageTable, timeToLiveMargin(purgeBoundSeconds));
export const expiredMessages = (environment: Environment) => ({
  ...messages(environment),
  ...messageDeletion(database(), environment.messageTable, removeMedia(environment), pauseBetweenBatches),
});

/** What has become of messages since they were written. */
export const changes = ({ changeTable }: Environment) => changeStore(database(), changeTable);
export const exactMessages = ({ messageTable }: Environment) => exactMessageStore(database(), messageTable);
/** What messages said before, where a hold keeps it. */
export const versions = ({ messageTable }: Environment) => versionStore(database(), messageTable);
export const recalledMessages = ({ messageTable }: Environment) => recalledStore(database(), messageTable);
/** Of a function that takes messages back. */
export const recalls = (environment: Environment) =>
  messageChangeStore(database(), {
    ...{ sends: environment.sendTable, messages: environment.messageTable },
    ...{ changes: environment.changeTable, conversations: environment.conversationTable },
    media: environment.mediaTable,
  });
/** The one way by which a message changes. */
export const messageChanges = ({ changeTable, messageTable, sendTable }: Environment) =>
  messageChangeStore(database(), { sends: sendTable, messages: messageTable, changes: changeTable });
export const lastRevs = ({ conversationTable }: Environment) => lastRevStore(database(), conversationTable);

export const sends = ({ sendTable }: Environment) => sendStore(database(), sendTable);
export const userSends = ({ sendTable }: Environment) => userSendStore(database(), sendTable);
export const transientSends = ({ sendTable, conversationTable }: Environment) =>
  transientSendStore(database(), { sends: sendTable, conversations: conversationTable });

export const conversations = ({ conversationTable }: Environment) =>
  conversationStore(database(), conversationTable, now());
export const memberships = ({ conversationTable }: Environment) =>
  membershipStore(database(), conversationTable);
export const readReceipts = ({ conversationTable }: Environment) =>
  readReceiptStore(database(), conversationTable);
export const conversationRows = ({ conversationTable }: Environment) =>
  conversationRowStore(database(), conversationTable, now());
export const formerMembers = ({ conversationTable }: Environment) =>
  formerMemberStore(database(), conversationTable, now());
/** With who has left, and with rooms, which somebody reads by watching them. */
export const readableRows = (environment: Environment) => ({
  ...roomReaders(conversationRows(environment), watches(environment)),
  ...formerMembers(environment),
});
export const conversationEnds = ({ conversationTable }: Environment) =>
  conversationEndStore(database(), conversationTable);
export const conversationBlocks = ({ conversationTable }: Environment) =>
  conversationBlockStore(database(), conversationTable);
/** Of the deployment; once it is there it is remembered. */
export const waitingRows = ({ conversationTable }: Environment) =>
  waitingRowStore(database(), conversationTable);
export const membershipChanges = (environment: Environment) =>
  membershipChangeStore(
    database(),
    {
      conversations: environment.conversationTable,
      sends: environment.sendTable,
      messages: environment.messagesStored ? environment.messageTable : undefined,
    },
    timeToLiveMargin(environment.purgeBoundSeconds),
  );
/** What is brought over from elsewhere. */
export const imports = (environment: Environment) =>
  importStore(
    database(),
    { messages: environment.messageTable, sends: environment.sendTable },
    timeToLiveMargin(environment.purgeBoundSeconds),
  );
export const titleChanges = (environment: Environment) =>
  titleChangeStore(
    database(),
    {
      conversations: environment.conversationTable,
      sends: environment.sendTable,
      messages: environment.messagesStored ? environment.messageTable : undefined,
      profiles: environment.profilesStored ? environment.profileTable : undefined,
    },
    timeToLiveMargin(environment.purgeBoundSeconds),
  );
export const replacedTitles = ({ conversationTable }: Environment) =>
  replacedTitleStore(database(), conversationTable);
export const idSecret = ({ conversationTable }: Environment) =>
  remembered(idSecretStore(database(), conversationTable).findOrMake);
export const idSecretIfThere = ({ conversationTable }: Environment) =>
  remembered(idSecretStore(database(), conversationTable).find);
/** Those among some users to whom somebody is a contact. */
export const contacts = (environment: Environment) =>
  contactsAmong({ conversations: conversationRows(environment), idSecret: idSecretIfThere(environment) });
export const asMember = (environment: Environment) =>
  asMemberOf({ conversations: conversationRows(environment), now: now() });
export const ownPlaces = ({ conversationTable }: Environment) =>
  ownPlaceStore(database(), conversationTable, now());
export const listedConversations = ({ conversationTable }: Environment) =>
  listedStore(database(), conversationTable, now());
export const earlierTitleRows = ({ conversationTable }: Environment) =>
  earlierTitleStore(database(), conversationTable);
export const purgeIndex = ({ conversationTable }: Environment) =>
  purgeIndexStore(database(), conversationTable);
export const holdMarks = ({ conversationTable }: Environment) => holdMarkStore(database(), conversationTable);

/** The table alone, of a function that neither ends connections nor pushes. */
export const connectionRows = ({ connectionTable }: Environment) =>
  connectionStore(database(), connectionTable);
export const live = ({ liveTable }: Environment) => liveStore(database(), liveTable);
export const connections = (environment: Environment) =>
  connectedStore(connectionRows(environment), live(environment), watches(environment));
/** Who watches which room. */
export const watches = ({ liveTable }: Environment) => watchStore(database(), liveTable, now());
export const roomCursors = ({ liveTable }: Environment) => roomCursorStore(database(), liveTable);
export const rooms = ({ conversationTable }: Environment) => roomStore(database(), conversationTable);
export const roomLog = ({ messageTable, purgeBoundSeconds }: Environment) =>
  roomLogStore(database(), messageTable, timeToLiveMargin(purgeBoundSeconds));
/** What somebody is in, and where else they have written. */
export const membershipsAndRooms = (environment: Environment) =>
  withRooms(memberships(environment), roomsWritten(environment));
export const roomsWritten = ({ sendTable }: Environment) => roomSendsStore(database(), sendTable);
export const roomSends = ({ sendTable }: Environment) => roomSendStore(database(), sendTable);
export const connectionExpiries = ({ connectionTable }: Environment) =>
  connectionExpiryStore(database(), connectionTable);

/** Where something was written lately. */
export const recent = ({ personalTable }: Environment) => recentStore(database(), personalTable);
export const settings = ({ personalTable, connectionTable }: Environment) =>
  settingsStore(database(), { personal: personalTable, connections: connectionTable });
export const lastActive = ({ personalTable }: Environment) => lastActiveStore(database(), personalTable);
export const presenceWatches = ({ liveTable }: Environment) => presenceWatchStore(database(), liveTable);
/** Which devices are notified, and their tokens. */
export const pushTokens = ({ personalTable }: Environment) =>
  pushTokenStore(database(), { personal: personalTable });
/** Of a function that registers some. */
export const registeredPushTokens = ({ personalTable, consentTable }: Environment) =>
  pushTokenStore(database(), { personal: personalTable, consents: consentTable });
export const personalRows = ({ personalTable }: Environment) => personalRowStore(database(), personalTable);

export const rateLimitRows = ({ rateLimitTable }: Environment) =>
  rateLimitRowStore(database(), rateLimitTable);

export const ledger = ({ consentTable }: Environment) => consentStore(database(), consentTable);
export const withdrawals = ({ consentTable, connectionTable }: Environment) =>
  withdrawalStore(database(), { consents: consentTable, connections: connectionTable });
export const ageRefusals = ({ consentTable }: Environment) =>
  ageRefusalStore(database(), consentTable, remembered(ageSecret(database(), consentTable).findOrMake));
export const consent = (environment: Environment) => currentConsent(ledger(environment), policy(environment));

export const profiles = ({ profileTable }: Environment) => profileStore(database(), profileTable, 0);
/** Of a function that stores them: it says when time to live takes them. */
export const writtenProfiles = ({ profileTable, purgeBoundSeconds }: Environment) =>
  profileStore(database(), profileTable, timeToLiveMargin(purgeBoundSeconds));
export const titles = ({ profileTable }: Environment) => titleStore(database(), profileTable, 0);
export const writtenTitles = ({ profileTable, purgeBoundSeconds }: Environment) =>
  titleStore(database(), profileTable, timeToLiveMargin(purgeBoundSeconds));
export const sweptProfiles = ({ profileTable }: Environment) => profileSweepStore(database(), profileTable);

export const erasureRequests = ({ privacyTable }: Environment) => erasureStore(database(), privacyTable);
/** Of whoever takes away what somebody else has written. */
export const moderations = ({ privacyTable, conversationTable }: Environment) =>
  moderationStore(database(), { privacy: privacyTable, conversations: conversationTable });
export const lateLooks = ({ privacyTable }: Environment) => lateLookStore(database(), privacyTable);
export const laps = ({ privacyTable }: Environment) => lapStore(database(), privacyTable);
export const receipts = ({ privacyTable }: Environment) => receiptStore(database(), privacyTable);
export const holds = ({ privacyTable }: Environment) => holdStore(database(), privacyTable);
export const exportRequests = ({ privacyTable }: Environment) => exportStore(database(), privacyTable);
export const privacyRecords = ({ privacyTable }: Environment) => privacyRecordStore(database(), privacyTable);
export const purgeRuns = ({ privacyTable }: Environment) => purgeRunStore(database(), privacyTable);
export const exportFiles = ({ exportBucket }: Environment) => exportFileStore(objects(), exportBucket);

/** Where somebody is waited for. */
export const awaited = ({ personalTable }: Environment) => waitingStore(database(), personalTable);
export const blocks = ({ personalTable }: Environment) => blockStore(database(), personalTable);

/** What people have given to messages. */
export const reactions = (environment: Environment) =>
  reactionStore(
    database(),
    {
      messages: environment.messageTable,
      changes: environment.changeTable,
      personal: environment.personalTable,
    },
    messageChanges(environment),
  );
export const pins = ({ conversationTable }: Environment) => pinStore(database(), conversationTable);
export const ownReactions = ({ personalTable }: Environment) => ownReactionStore(database(), personalTable);

export const reports = ({ reportTable, personalTable }: Environment) =>
  reportStore(database(), { reports: reportTable, personal: personalTable });
export const readReports = ({ reportTable }: Environment) => reportReadStore(database(), reportTable);
export const endingReports = ({ reportTable, personalTable }: Environment) =>
  reportEndStore(database(), { reports: reportTable, personal: personalTable });
export const listedReports = ({ reportTable }: Environment) => reportListStore(database(), reportTable);
export const reporters = ({ reportTable }: Environment) => reporterStore(database(), reportTable);
/** What somebody has reported. */
export const reported = ({ personalTable }: Environment) => reportedStore(database(), personalTable);
/** Of a function that also copies. */
export const reportCopies = ({ reportBucket, mediaBucket }: Environment) =>
  reportObjectStore(objects(), { media: mediaBucket, reports: reportBucket });
export const reportObjects = ({ reportBucket }: Environment) =>
  reportObjectStore(objects(), { media: '', reports: reportBucket });

/** What forwards show. */
export const forwardedMedia = ({ mediaTable }: Environment) => forwardStore(database(), mediaTable);
export const media = ({ mediaTable }: Environment) => mediaStore(database(), mediaTable);
export const mediaObjects = ({ mediaBucket }: Environment) => mediaObjectStore(objects(), mediaBucket);
export const removeMedia = (environment: Environment) =>
  removeMediaFrom({ objects: mediaObjects(environment), media: media(environment) });
/** Where the media of a message lies. */
export const mediaPlaces = (environment: Environment) => locateMedia(forwardedMedia(environment));
/** What a legal hold keeps of it. */
export const heldMedia = (environment: Environment) =>
  holdMedia({ objects: mediaObjects(environment), media: media(environment), holds: holds(environment) });
export const handovers = ({ handoverTable }: Environment) => handoverStore(database(), handoverTable);

/** Days in which somebody may see to a sweeper that does not run. Where there is none, time to live is on time. */
function timeToLiveMargin(purgeBoundSeconds: number): number {
  return purgeBoundSeconds === 0 ? 0 : purgeBoundSeconds + 2 * 86_400;
}

/** Full jitter: DynamoDB has turned part of a batch away. */
async function pauseBetweenBatches(attempt: number): Promise<void> {
  await setTimeout(Math.random() * 25 * 2 ** attempt);
}

/* @__NO_SIDE_EFFECTS__ */
function remembered<Made>(ask: () => Promise<Made>): () => Promise<Made> {
  let known: Made | undefined;
  return async () => {
    known ??= await ask();
    return known;
  };
}
