import type { Granting } from './granting.ts';

export function grantPurge({ fns: { purge }, data }: Granting): void {
  const { messages, sends, conversations, privacy } = data;
  if (purge === undefined) return;
  privacy.grantQuery(purge);
  messages?.grantQuery(purge);
  messages?.grantBatchWrite(purge);
  sends.grantBatchWrite(purge);
  conversations.grantGet(purge);
  conversations.grantUpdate(purge);
  conversations.grantQueryByPurge(purge);
  privacy.grantPut(purge);
  privacy.grantDelete(purge);
}
