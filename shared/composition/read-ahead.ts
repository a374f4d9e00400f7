import { readAhead as readAheadOf } from '../messages/read-ahead.ts';
import type { Environment } from '../runtime/environment.ts';
import { consentAndSocketsStore } from '../stores/consents/consent-and-sockets-store.ts';
import { database } from './clients.ts';
import { now, policy } from './settings.ts';
import { ledger } from './stores.ts';

/** Of one execution environment: apart from the stores, since it remembers what it has read. */
export const readAhead = (environment: Environment) =>
  readAheadOf({
    ledger: ledger(environment),
    consentAndSockets: consentAndSockets(environment),
    policy: policy(environment),
    now: now(),
  });

const consentAndSockets = ({ consentTable, connectionTable }: Environment) =>
  consentAndSocketsStore(database(), { consents: consentTable, connections: connectionTable });
