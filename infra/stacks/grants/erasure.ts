import type { ChatFunction } from '../../constructs/chat-function.ts';
import type { Granting } from './granting.ts';

/** Asked for, carried out by the queue, and resumed; what a `release` sets free goes on at once. */
export function grantErasure(granting: Granting): void {
  const { fns, data } = granting;
  const { messages, conversations, privacy, erasures } = data;
  const { erase, carryOutErasures, resumeErasures, adminUserErase, adminUserReceipts } = fns.erasure;

  for (const fn of [erase, adminUserErase]) {
    privacy.grantGet(fn);
    privacy.grantPut(fn);
    privacy.grantQuery(fn);
    conversations.grantBatchGet(fn);
    erasures.grantSend(fn);
  }
  messages?.grantQuery(erase);
  conversations.grantQuery(erase);

  grantErasing(carryOutErasures, granting);

  for (const fn of [resumeErasures, fns.admin.release]) {
    privacy.grantQuery(fn);
    conversations.grantBatchGet(fn);
    erasures.grantSend(fn);
  }

  privacy.grantQuery(adminUserReceipts);
}

/** It reaches every store of a person's. */
function grantErasing(fn: ChatFunction, { data, api }: Granting): void {
  const { messages, profiles, conversations, connections, consents, sends, privacy } = data;
  messages?.grantQuery(fn);
  messages?.grantPut(fn);
  sends.grantQuery(fn);
  sends.grantUpdate(fn);
  sends.grantDelete(fn);
  profiles?.grantBatchGet(fn);
  profiles?.grantDelete(fn);
  conversations.grantQuery(fn);
  conversations.grantQueryByUser(fn);
  conversations.grantBatchGet(fn);
  conversations.grantUpdate(fn);
  conversations.grantDelete(fn);
  consents.grantQuery(fn);
  consents.grantPut(fn);
  consents.grantUpdate(fn);
  connections.grantGet(fn);
  connections.grantBatchGet(fn);
  connections.grantUpdate(fn);
  connections.grantDelete(fn);
  privacy.grantGet(fn);
  privacy.grantPut(fn);
  privacy.grantQuery(fn);
  privacy.grantDelete(fn);
  data.exportFiles.grantDelete(fn);
  api.grantManageConnections(fn);
  data.erasures.consumeWith(fn);
}
