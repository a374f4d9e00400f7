import type { GrantConsentDeps } from '../../shared/consent/grant-consent.ts';
import type { WithdrawConsentDeps } from '../../shared/consent/withdraw-consent.ts';
import type { PushOutcome } from '../../shared/push/connection-gateway.ts';
import type { Connection } from '../../shared/stores/connections/connection.ts';
import { type ConsentEntry, policyFingerprint } from '../../shared/stores/consents/consent-entry.ts';
import { type ConsentReader, currentConsent } from '../../shared/stores/consents/current-consent.ts';
import { type EpochSeconds, epochMillis } from '../../shared/time.ts';
import { noLiveGroups } from './no-live-groups.ts';
import type { Step } from './step.ts';

export const policy = { version: '1', digest: 'digest' };
export const longAgo = epochMillis(0);
export const now = () => epochMillis(1_000_000);

export const socketOf = (connectionId: string): Connection => ({
  userId: 'alice',
  connectionId,
  connectedAt: longAgo,
  expiresAt: 4e9 as EpochSeconds,
  consentedPolicy: policyFingerprint(policy),
});

/** The ledger and the sockets of alice in memory, as DynamoDB has them. */
export function consentWorld(...open: readonly string[]) {
  const granted: ConsentEntry = {
    userId: 'alice',
    entry: 1,
    decision: 'granted',
    purpose: 'chat',
    policyVersion: policy.version,
    policyDigest: policy.digest,
    decidedAt: now(),
  };
  const state = {
    ledger: [granted],
    live: open.map(socketOf) as readonly Connection[],
    muted: [] as readonly Connection[],
    /** Sockets that API Gateway has. */
    sockets: new Set(open),
    /** What each socket was sent: the types of the frames. */
    sent: [] as string[],
    /** Of that what has not arrived yet. */
    underWay: [] as string[],
    /** Those that are notified. */
    devices: ['phone'],
    nextExpiry: undefined as number | undefined,
    /** Calls of any store and of the gateway. */
    calls: 0,
    push: (_connectionId: string): PushOutcome | undefined => undefined,
    close: (_connectionId: string): void => undefined,
  };

  const isLive = (seen: readonly Connection[]) =>
    seen.length === state.live.length && seen.every((each) => state.live.includes(each));
  const mute = (at: number) => {
    state.muted = [...state.muted, ...state.live];
    state.live = [];
    state.nextExpiry = at;
  };

  function deps(given: Step): WithdrawConsentDeps & GrantConsentDeps & { readonly consent: ConsentReader } {
    const step: Step = async (effect) => {
      state.calls += 1;
      return given(effect);
    };
    const isNext = ({ entry }: ConsentEntry) => entry === state.ledger.length + 1;
    const ledger = {
      last: async () => step(() => state.ledger.at(-1)),
      append: async (entry: ConsentEntry) => step(() => isNext(entry) && state.ledger.push(entry) > 0),
    };
    return {
      ledger,
      consent: currentConsent(ledger, policy),
      withdrawals: {
        record: async (line, seen) =>
          step(() => {
            if (!isNext(line) || !isLive(seen)) return false;
            state.ledger.push(line);
            if (seen.length > 0) mute(line.decidedAt / 1000);
            return true;
          }),
      },
      connections: {
        ...noLiveGroups,
        readSockets: async () => step(() => ({ live: state.live, muted: state.muted })),
        mute: async (_userId, seen, at) =>
          step(() => {
            if (!isLive(seen)) return false;
            mute(at);
            return true;
          }),
        remove: async (gone) =>
          step(() => {
            state.live = state.live.filter((each) => each !== gone);
            state.muted = state.muted.filter((each) => each !== gone);
            return false;
          }),
      },
      endPresence: async () => undefined,
      endPushDevices: async () => step(() => state.devices.splice(0).length),
      gateway: {
        push: async (connectionId, data) =>
          step(() => {
            const outcome = state.push(connectionId) ?? (state.sockets.has(connectionId) ? 'sent' : 'gone');
            const { type } = JSON.parse(new TextDecoder().decode(data));
            if (outcome === 'sent') state.underWay.push(`${connectionId} ${type}`);
            return outcome;
          }),
        close: async (connectionId) =>
          step(() => {
            state.close(connectionId);
            state.sockets.delete(connectionId);
            // As API Gateway does: a close overtakes what was posted just before.
            state.underWay = state.underWay.filter((frame) => !frame.startsWith(`${connectionId} `));
          }),
      },
      pause: async () =>
        step(() => {
          state.sent.push(...state.underWay);
          state.underWay = [];
        }),
      log: { info: () => undefined, error: () => undefined },
      overrides: {},
      ageRefusals: {
        read: async () => ({ key: { userId: '#', entry: 0 }, expiresAt: undefined }),
        refuse: async () => undefined,
      },
      ageAssurance: 'declared',
      ageRefusalSeconds: 0,
      policy,
      now,
    };
  }

  function connect(connectionId: string): void {
    state.live = [...state.live, socketOf(connectionId)];
    state.sockets.add(connectionId);
  }

  return { state, deps, connect };
}
