import { createServer } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { Invoke, LocalApi } from '../model/model.ts';
import { listen } from '../network/listen.ts';
import type { Connection } from './connection/connection.ts';
import { limits } from './connection/limits.ts';
import { httpRequests, type OtherRequests } from './http-requests.ts';
import { integration, neverRejecting } from './routing/integration.ts';
import { routesOf } from './routing/routes.ts';
import { throttle } from './routing/throttle.ts';
import { type GatewayFaults, gatewayFaults } from './state/faults.ts';
import type { GatewayEvent } from './state/gateway-event.ts';
import type { GatewayState, SignatureCheck } from './state/gateway-state.ts';
import { upgrade } from './upgrade/upgrade.ts';

export type GatewayOptions = {
  readonly api: LocalApi;
  readonly invoke: Invoke;
  /** 0 takes a free port. */
  readonly port: number;
  readonly host?: string;
  readonly onRequest?: OtherRequests;
  readonly onEvent?: (event: GatewayEvent) => void;
  readonly signatureCheck?: SignatureCheck;
  readonly faults?: GatewayFaults;
  readonly now?: () => number;
  readonly idleTimeoutMs?: number;
  readonly maxDurationMs?: number;
  readonly integrationTimeoutMs?: number;
  /** What a client may leave unread before a post to it is answered 429. */
  readonly maxBufferedBytes?: number;
};

export type Gateway = {
  /** Where clients connect. */
  readonly url: string;
  readonly origin: string;
  readonly faults: GatewayFaults;
  connectionCount(): number;
  connectionIds(): readonly string[];
  /** Breaks the connection without a close frame; false when there is none. */
  cut(connectionId: string): boolean;
  close(): Promise<void>;
};

/** An API Gateway WebSocket API and its `@connections` on one port of this machine. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const state = gatewayState(options);
  const { connections, faults } = state;
  const sockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: limits.messageBytes,
  });
  const upgraded = new Set<Duplex>();
  const server = createServer(httpRequests(state, options.onRequest ?? (() => false)));
  server.on('upgrade', (request, socket, head) => {
    upgraded.add(socket);
    socket.on('close', () => upgraded.delete(socket));
    socket.on('error', () => socket.destroy());
    void upgrade(state, sockets, request, socket, head);
  });
  const { origin, close } = await listen(server, options.port, options.host);
  return {
    url: `${origin.replace('http', 'ws')}/${options.api.stage}`,
    origin,
    faults,
    connectionCount: () => connections.size,
    connectionIds: () => [...connections.keys()],
    cut(connectionId) {
      const connection = connections.get(connectionId);
      connection?.cut();
      return connection !== undefined;
    },
    async close() {
      // Nobody is left to answer `$disconnect`.
      for (const connection of connections.values()) connection.abandon();
      connections.clear();
      for (const socket of upgraded) socket.destroy();
      await close();
    },
  };
}

function gatewayState(options: GatewayOptions): GatewayState {
  const now = options.now ?? Date.now;
  const invoke = neverRejecting(options.invoke);
  return {
    api: options.api,
    routes: routesOf(options.api),
    invoke,
    integrate: integration(invoke, options.integrationTimeoutMs ?? limits.integrationTimeoutMs),
    pass: throttle(options.api.throttling, now),
    now,
    faults: options.faults ?? gatewayFaults(),
    onEvent: options.onEvent ?? (() => undefined),
    connections: new Map<string, Connection>(),
    idleTimeoutMs: options.idleTimeoutMs ?? limits.idleTimeoutMs,
    maxDurationMs: options.maxDurationMs ?? limits.maxDurationMs,
    maxBufferedBytes: options.maxBufferedBytes ?? 1024 * 1024,
    signatureCheck: options.signatureCheck ?? (() => true),
  };
}
