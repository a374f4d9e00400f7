import type { Granting } from './granting.ts';

export function grantConversations({ fns, data }: Granting): void {
  const { conversations, consents, privacy } = data;

  conversations.grantQueryByUser(fns.hello);
  conversations.grantBatchGet(fns.hello);
  consents.grantQuery(fns.hello);

  conversations.grantQueryByUser(fns.conversations);
  conversations.grantBatchGet(fns.conversations);

  conversations.grantQuery(fns.members);

  conversations.grantPut(fns.open);
  conversations.grantUpdate(fns.open);
  conversations.grantQuery(fns.open);
  conversations.grantQueryByUser(fns.open);
  consents.grantQuery(fns.open);
  privacy.grantQuery(fns.open);
}
