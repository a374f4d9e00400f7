import type { IncomingMessage } from 'node:http';
import type { Invoke, LocalApi } from '../../model/model.ts';
import type { Connection } from '../connection/connection.ts';
import type { Integration } from '../routing/integration.ts';
import type { Routes } from '../routing/routes.ts';
import type { Throttle } from '../routing/throttle.ts';
import type { GatewayFaults } from './faults.ts';
import type { GatewayEvent } from './gateway-event.ts';

/** Checks the signature of a call to `@connections` beyond its presence. */
export type SignatureCheck = (request: IncomingMessage, body: Buffer) => boolean | Promise<boolean>;

/** What the parts of one running gateway share. */
export type GatewayState = {
  readonly api: LocalApi;
  readonly routes: Routes;
  readonly invoke: Invoke;
  readonly integrate: Integration;
  readonly pass: Throttle;
  readonly now: () => number;
  readonly faults: GatewayFaults;
  readonly onEvent: (event: GatewayEvent) => void;
  readonly connections: Map<string, Connection>;
  readonly idleTimeoutMs: number;
  readonly maxDurationMs: number;
  readonly maxBufferedBytes: number;
  readonly signatureCheck: SignatureCheck;
};
