import type { ChatApi } from '../constructs/chat-api.ts';
import type { RouteFunction } from '../constructs/route-function.ts';
import type { ChatFunctions } from './chat-functions.ts';
import type { DataStack } from './data-stack.ts';
import { grantErasure } from './erasure-functions.ts';

function grantAdmin({ admin }: ChatFunctions, data: DataStack): void {
  const { messages, conversations, consents, privacy } = data;
  consents.grantQuery(admin.consentShow);
  consents.grantQuery(admin.consentRecord);
  consents.grantPut(admin.consentRecord);
  conversations.grantQueryByUser(admin.consentRecord);
  conversations.grantUpdate(admin.consentRecord);
  if (admin.purgeStatus !== undefined) {
    conversations.grantQueryByPurge(admin.purgeStatus);
    privacy.grantQuery(admin.purgeStatus);
  }
  if (admin.retentionPreview !== undefined) {
    conversations.grantQueryByPurge(admin.retentionPreview);
    messages?.grantQuery(admin.retentionPreview);
  }
}

function grantMedia(fns: ChatFunctions, data: DataStack): void {
  const { media, conversations } = data;
  const { send, upload, download, processMedia } = fns;
  const objects = data.mediaObjects ?? data.handoverObjects;
  if (media === undefined || objects === undefined) return;

  conversations.grantQuery(upload);
  media.grantPut(upload);
  objects.grantPutIncoming(upload);

  conversations.grantQuery(download);
  objects.grantGet(download);

  if (processMedia !== undefined) {
    processMedia.grantInvoke(send, 'PROCESS_MEDIA_FUNCTION');
    media.grantGet(processMedia);
    media.grantUpdate(processMedia);
    objects.grantGetIncoming(processMedia);
    objects.grantList(processMedia);
    objects.grantPutIncoming(processMedia);
    objects.grantPut(processMedia);
  }
  grantStoredMedia(fns, data);
  grantHandover(fns, data);
}

function grantStoredMedia(fns: ChatFunctions, data: DataStack): void {
  const { messages, media, mediaObjects } = data;
  const { download, sweepUploads, purge } = fns;
  if (messages === undefined || media === undefined || mediaObjects === undefined) return;

  messages.grantQuery(download);
  if (sweepUploads !== undefined) {
    messages.grantQuery(sweepUploads);
    media.grantQueryBySweep(sweepUploads);
    media.grantUpdate(sweepUploads);
    media.grantDelete(sweepUploads);
    mediaObjects.grantDeleteIncoming(sweepUploads);
    mediaObjects.grantDelete(sweepUploads);
    mediaObjects.grantTag(sweepUploads);
    mediaObjects.grantList(sweepUploads);
    data.privacy.grantQuery(sweepUploads);
  }
  for (const fn of [purge, fns.erasure.carryOutErasures]) {
    if (fn === undefined) continue;
    media.grantUpdate(fn);
    media.grantDelete(fn);
    mediaObjects.grantDelete(fn);
  }
  mediaObjects.grantTag(fns.applyHolds);
  mediaObjects.grantList(fns.applyHolds);
  mediaObjects.grantGet(fns.writeExport);
  mediaObjects.grantList(fns.writeExport);
}

/** The last to fetch ends it, or the sweeper. */
function grantHandover({ send, download, sweepHandovers }: ChatFunctions, data: DataStack): void {
  const { media, handovers, handoverObjects, connections, sends } = data;
  if (media === undefined || handovers === undefined || handoverObjects === undefined) return;

  sends.grantGet(send);
  handovers.grantUpdate(send);
  handovers.grantGet(download);
  handovers.grantUpdate(download);
  for (const fn of [download, sweepHandovers]) {
    if (fn === undefined) continue;
    handovers.grantDelete(fn);
    handoverObjects.grantDelete(fn);
    media.grantUpdate(fn);
    media.grantDelete(fn);
  }
  if (sweepHandovers === undefined) return;
  handovers.grantQueryByEnd(sweepHandovers);
  connections.grantBatchGet(sweepHandovers);
  media.grantQueryBySweep(sweepHandovers);
  handoverObjects.grantDeleteIncoming(sweepHandovers);
}

/** A hold is noted by the operator's commands; what is stored follows it by the queue. */
function grantHolds({ admin, applyHolds, open, profile, purge }: ChatFunctions, data: DataStack): void {
  const { messages, profiles, conversations, privacy, holdWork } = data;
  for (const fn of [admin.hold, admin.release]) {
    privacy.grantQuery(fn);
    privacy.grantPut(fn);
    holdWork.grantSend(fn);
  }
  conversations.grantQuery(admin.hold);
  holdWork.consumeWith(applyHolds);
  privacy.grantQuery(applyHolds);
  privacy.grantPut(applyHolds);
  privacy.grantDelete(applyHolds);
  conversations.grantQueryByUser(applyHolds);
  conversations.grantUpdate(applyHolds);
  messages?.grantQuery(applyHolds);
  messages?.grantUpdate(applyHolds);
  profiles?.grantUpdate(applyHolds);
  privacy.grantQuery(open);
  if (profiles !== undefined) privacy.grantQuery(profile);
  for (const fn of [purge, admin.retentionPreview]) if (fn !== undefined) privacy.grantQuery(fn);
}

function grantExport(fns: ChatFunctions, data: DataStack, api: ChatApi): void {
  const { messages, profiles, conversations, connections, consents, sends, privacy } = data;
  const { writeExport, tendExports, admin } = fns;
  consents.grantQuery(fns.export);
  for (const asking of [fns.export, admin.userExport]) {
    privacy.grantGet(asking);
    privacy.grantPut(asking);
    privacy.grantUpdate(asking);
    data.exportFiles.grantGet(asking);
    data.exports.grantSend(asking);
  }

  messages?.grantQuery(writeExport);
  profiles?.grantBatchGet(writeExport);
  conversations.grantQuery(writeExport);
  conversations.grantQueryByUser(writeExport);
  connections.grantGet(writeExport);
  connections.grantUpdate(writeExport);
  consents.grantQuery(writeExport);
  sends.grantQuery(writeExport);
  privacy.grantGet(writeExport);
  privacy.grantQuery(writeExport);
  privacy.grantUpdate(writeExport);
  privacy.grantDelete(writeExport);
  data.exportFiles.grantPut(writeExport);
  data.exportFiles.grantGet(writeExport);
  data.exportFiles.grantDelete(writeExport);
  api.grantManageConnections(writeExport);

  privacy.grantQuery(tendExports);
  privacy.grantUpdate(tendExports);
  privacy.grantDelete(tendExports);
  data.exportFiles.grantDelete(tendExports);
  data.exports.grantSend(tendExports);
}

/** Who may touch what, a function at a time; what is not here is refused. */
export function grantStores(fns: ChatFunctions, data: DataStack, api: ChatApi): void {
  const { messages, profiles, conversations, connections, consents, sends, privacy, retries } = data;
  /** To push to whoever is connected, and to drop those that are gone. */
  const grantTell = (fn: RouteFunction) => {
    connections.grantBatchGet(fn);
    connections.grantUpdate(fn);
    api.grantManageConnections(fn);
  };

  consents.grantQuery(fns.authorize);

  connections.grantUpdate(fns.connect);
  consents.grantQuery(fns.connect);

  connections.grantUpdate(fns.disconnect);

  conversations.grantQueryByUser(fns.hello);
  conversations.grantBatchGet(fns.hello);
  consents.grantQuery(fns.hello);

  conversations.grantQueryByUser(fns.conversations);
  conversations.grantBatchGet(fns.conversations);

  consents.grantQuery(fns.consent);
  consents.grantPut(fns.consent);
  connections.grantGet(fns.consent);
  connections.grantUpdate(fns.consent);
  conversations.grantQueryByUser(fns.consent);
  conversations.grantUpdate(fns.consent);
  api.grantManageConnections(fns.consent);

  conversations.grantPut(fns.open);
  conversations.grantUpdate(fns.open);
  conversations.grantQuery(fns.open);
  conversations.grantQueryByUser(fns.open);
  consents.grantQuery(fns.open);

  conversations.grantQuery(fns.members);

  messages?.grantPut(fns.send);
  messages?.grantQuery(fns.send);
  conversations.grantQuery(fns.send);
  conversations.grantUpdate(fns.send);
  sends.grantPut(fns.send);
  sends.grantUpdate(fns.send);
  retries?.grantSend(fns.send);
  grantTell(fns.send);

  messages?.grantQuery(fns.history);
  conversations.grantQuery(fns.history);

  messages?.grantQuery(fns.read);
  conversations.grantQuery(fns.read);
  conversations.grantUpdate(fns.read);
  grantTell(fns.read);

  conversations.grantQuery(fns.typing);
  grantTell(fns.typing);

  if (profiles !== undefined) {
    profiles.grantBatchGet(fns.profile);
    profiles.grantPut(fns.profile);
    conversations.grantQueryByUser(fns.profile);
    consents.grantQuery(fns.profile);
  }

  connections.grantQueryByExpiry(fns.expireConnections);
  connections.grantUpdate(fns.expireConnections);
  api.grantManageConnections(fns.expireConnections);

  grantAdmin(fns, data);
  grantMedia(fns, data);
  grantErasure(fns.erasure, fns.admin.release, data, api);
  grantHolds(fns, data);
  grantExport(fns, data, api);
  const { retryPush, purge } = fns;
  if (purge !== undefined) {
    messages?.grantQuery(purge);
    messages?.grantBatchWrite(purge);
    sends.grantBatchWrite(purge);
    conversations.grantGet(purge);
    conversations.grantUpdate(purge);
    conversations.grantQueryByPurge(purge);
    privacy.grantPut(purge);
    privacy.grantDelete(purge);
  }
  if (retryPush === undefined) return;
  messages?.grantQuery(retryPush);
  conversations.grantQuery(retryPush);
  grantTell(retryPush);
}
