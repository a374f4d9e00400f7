import type { Granting } from './grant-stores.ts';

export function grantMessages({ fns, data, api }: Granting): void {
  const { messages, conversations, connections, sends, retries } = data;
  const { send, history, retryPush } = fns;

  messages?.grantPut(send);
  messages?.grantQuery(send);
  conversations.grantQuery(send);
  conversations.grantUpdate(send);
  connections.grantBatchGet(send);
  connections.grantUpdate(send);
  sends.grantPut(send);
  sends.grantUpdate(send);
  retries?.grantSend(send);
  api.grantManageConnections(send);

  messages?.grantQuery(history);
  conversations.grantQuery(history);

  if (retryPush === undefined) return;
  messages?.grantQuery(retryPush);
  conversations.grantQuery(retryPush);
  connections.grantBatchGet(retryPush);
  connections.grantUpdate(retryPush);
  api.grantManageConnections(retryPush);
}
