import { awsClient } from '../runtime/aws/aws-client.ts';
import { uriEncoded } from '../runtime/aws/signer.ts';

/** What is asked of the gateway that holds the sockets. */
export type ConnectionsClient = {
  post(connectionId: string, data: Uint8Array): Promise<unknown>;
  delete(connectionId: string): Promise<unknown>;
};

/**
 * One attempt: repeats are the connection gateway's own, so that one recipient's trouble stays bounded. A post has 800 ms from
 * when there is a connection to the gateway, which many posts share.
 */
export function connectionsClient(callbackUrl: string): ConnectionsClient {
  const endpoint = new URL(callbackUrl);
  const stage = endpoint.pathname.replace(/\/$/, '');
  const call = awsClient(
    { name: 'execute-api', endpoint },
    { attempts: 1, connectionTimeout: 1_500, requestTimeout: 800, maxSockets: 128 },
  );
  const pathOf = (connectionId: string) => `${stage}/@connections/${uriEncoded(connectionId)}`;
  return {
    post: async (connectionId, body) =>
      call({
        method: 'POST',
        path: pathOf(connectionId),
        headers: { 'content-type': 'application/octet-stream' },
        body,
      }),
    delete: async (connectionId) =>
      call({ method: 'DELETE', path: pathOf(connectionId), headers: {}, body: '' }),
  };
}
