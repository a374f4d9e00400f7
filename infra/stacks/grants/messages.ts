import type { ChatFunction } from '../../constructs/chat-function.ts';
import type { Granting } from './granting.ts';

export function grantMessages({ fns, data, api }: Granting): void {
  const { messages, conversations, connections, sends, retries } = data;
  const { send, history, read, typing, retryPush } = fns;
  /** To push to whoever is connected, and to drop those that are gone. */
  const grantTell = (fn: ChatFunction) => {
    connections.grantBatchGet(fn);
    connections.grantUpdate(fn);
    api.grantManageConnections(fn);
  };

  messages?.grantPut(send);
  messages?.grantQuery(send);
  conversations.grantQuery(send);
  conversations.grantUpdate(send);
  sends.grantPut(send);
  sends.grantUpdate(send);
  retries?.grantSend(send);
  grantTell(send);

  messages?.grantQuery(history);
  conversations.grantQuery(history);

  messages?.grantQuery(read);
  conversations.grantQuery(read);
  conversations.grantUpdate(read);
  grantTell(read);

  conversations.grantQuery(typing);
  grantTell(typing);

  if (retryPush === undefined) return;
  messages?.grantQuery(retryPush);
  conversations.grantQuery(retryPush);
  grantTell(retryPush);
}
