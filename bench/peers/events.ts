import { randomBytes } from 'node:crypto';

/** 11 random bytes and `=`: what API Gateway's ids look like. */
export const connectionIdOf = (): string => `${randomBytes(11).toString('base64url')}=`;

export const callbackUrl = 'https://bench00000.execute-api.us-east-1.amazonaws.com/v1';

export type Opened = {
  readonly connectionId: string;
  readonly authorizer?: Readonly<Record<string, string>>;
};

const context = (eventType: string, routeKey: string, { connectionId, authorizer }: Opened) => ({
  ...{ routeKey, eventType, connectionId, stage: 'v1', apiId: 'bench00000', requestId: connectionIdOf() },
  ...{ domainName: new URL(callbackUrl).hostname, connectedAt: Date.now() - 3_600_000 },
  ...{ requestTimeEpoch: Date.now(), identity: { sourceIp: '192.0.2.1' } },
  ...(authorizer && {
    authorizer: { ...authorizer, principalId: authorizer['userId'], integrationLatency: 42 },
  }),
});

export const messageEvent = (opened: Opened, body: { readonly action: string }) => ({
  requestContext: { ...context('MESSAGE', body.action, opened), messageId: connectionIdOf() },
  body: JSON.stringify(body),
  isBase64Encoded: false,
});

export const connectEvent = (opened: Opened) => ({
  headers: { 'Sec-WebSocket-Protocol': 'lapse.v1, token' },
  requestContext: context('CONNECT', '$connect', opened),
  isBase64Encoded: false,
});
