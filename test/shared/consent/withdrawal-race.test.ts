import fc from 'fast-check';
import { grantConsent } from '../../../shared/consent/grant-consent.ts';
import { withdrawConsent } from '../../../shared/consent/withdraw-consent.ts';
import { requestExport } from '../../../shared/export/request-export.ts';
import { writeExport } from '../../../shared/export/write-export.ts';
import { frameHandler } from '../../../shared/handlers/frame-handler.ts';
import { readHistory } from '../../../shared/messages/read-history.ts';
import { sendMessage } from '../../../shared/messages/send-message.ts';
import { ProtocolError } from '../../../shared/protocol/errors.ts';
import { exportFrame } from '../../../shared/protocol/export/frames.ts';
import { historyFrame, sendFrame } from '../../../shared/protocol/messages/frames.ts';
import { logger } from '../../../shared/runtime/logger.ts';
import { policyFingerprint } from '../../../shared/stores/consents/consent-entry.ts';
import { epochMillis } from '../../../shared/time.ts';
import { consentWorld, now, policy } from '../../support/consent-world.ts';
import { exportWorld } from '../../support/export-world.ts';
import { conversationId, messageWorld } from '../../support/message-world.ts';
import { steadyRetention } from '../../support/steady-retention.ts';
import type { Step } from '../../support/step.ts';

type World = ReturnType<typeof consentWorld>;
/** What goes wrong in the world, and in how its frames are looked at. */
type Fault = (world: ReturnType<World['deps']>) => Partial<ReturnType<World['deps']>>;
const none: Fault = () => ({});

const rates = { take: async () => undefined, takeFailure: async () => undefined };
const authorizer = {
  userId: 'alice',
  consent: 'granted',
  policyVersion: policy.version,
  policyDigest: policy.digest,
  tokenExpiresAt: '4000000000',
};
const requestContext = { routeKey: 'r', connectionId: 'phone', requestId: 'r', connectedAt: 0, authorizer };

/**
 * Alice, who withdraws, and what may run beside it on the socket that she still has. Every call of a store is a step;
 * each action resolves to whether it was carried out.
 */
async function aliceWithdrawing(step: Step, fault: Fault, isWritten: boolean) {
  const chat = messageWorld();
  const exported = exportWorld();
  const world = consentWorld('phone');
  const good = world.deps(step);
  const consents = { ...good, ...fault(good) };
  const chatDeps = chat.deps(step, now);
  const { exports } = exported;
  const exportDeps = {
    ...exported.writeDeps,
    consent: consents.consent,
    connections: { listByUser: async () => step(() => world.state.live), remove: async () => undefined },
    policyFingerprint: policyFingerprint(policy),
    exports: { ...exports, read: async (userId: string) => step(async () => exports.read(userId)) },
  };
  const job = { userId: 'alice', requestId: 'asked before' };
  await exports.create({
    ...job,
    requestedBy: new Set(['user']),
    requestedAt: now(),
    updatedAt: now(),
    ...(isWritten
      ? { state: 'ready', parts: 1, readableUntil: epochMillis(exported.state.now + 60_000) }
      : { state: 'accepted', parts: 0 }),
  });

  // Wired as the functions of these names are.
  const frames = { policy, rates, consent: consents.consent, now, logger: logger(() => undefined) };
  const send = frameHandler(
    { ...frames, schema: sendFrame, readsMeanwhile: true },
    async ({ content, ...rest }, { identity: { userId }, connectionId, consented }) => {
      if (content.type !== 'text') return undefined;
      return sendMessage({ ...chatDeps, consented }, { userId, connectionId }, { ...rest, content });
    },
  );
  const history = frameHandler(
    { ...frames, schema: historyFrame, readsMeanwhile: true },
    async (frame, { identity, consented }) => {
      const policyOf = { limits: { historyPage: 100 }, retention: steadyRetention(604_800, now), now };
      return readHistory({ ...chatDeps, ...policyOf, consented }, identity.userId, frame);
    },
  );
  const request = frameHandler({ ...frames, schema: exportFrame }, async (_frame, { identity }) =>
    requestExport({ ...exported.requestDeps, ...exportDeps }, identity.userId, 'user'),
  );
  const actions = {
    send: async () =>
      carriedOut(send, { action: 'send', conversationId, content: { type: 'text', text: 'hello' } }),
    history: async () => carriedOut(history, { action: 'history', conversationId }),
    export: async () => carriedOut(request, { action: 'export' }),
    'write export': async () => {
      let handedOut = false;
      const push = async () =>
        step(() => {
          handedOut = true;
          return 'sent' as const;
        });
      const gateway = { push, close: async () => undefined };
      // Of two workers one may lose its upload to the other.
      await writeExport({ ...exportDeps, gateway }, job).catch(() => undefined);
      return handedOut;
    },
  };
  const withdraw = async () => withdrawConsent(consents, 'alice', { connectionId: 'phone', frameId: 'w' });
  return { actions, withdraw, isAcked: () => world.state.sent.includes('phone ack') };
}

async function carriedOut(handler: ReturnType<typeof frameHandler>, frame: object): Promise<boolean> {
  const body = JSON.stringify({ id: 'f', ...frame });
  const result = await handler({ requestContext, body }, {} as Parameters<typeof handler>[1]);
  const { type, error } = JSON.parse(result?.body ?? '{}');
  if (type === 'ack') return true;
  if (error.code === 'CONSENT_REQUIRED') return false;
  throw new Error(error.code);
}

const names = ['send', 'history', 'export', 'write export'] as const;
type Name = (typeof names)[number];
/** An action, and how many steps it lets pass before it begins. */
const begun = fc.record({ name: fc.constantFrom(...names), after: fc.nat(25) });

function race(fault: Fault, onOutcome: (name: Name, late: boolean, done: boolean) => void) {
  const plans = fc.array(begun, { minLength: 1, maxLength: 6 });
  return fc.asyncProperty(fc.scheduler(), plans, fc.boolean(), async (s, plan, isWritten) => {
    const step: Step = async (effect) => {
      await s.schedule(Promise.resolve());
      return effect();
    };
    const { actions, withdraw, isAcked } = await aliceWithdrawing(step, fault, isWritten);
    const run = async ({ name, after }: { readonly name: Name; readonly after: number }) => {
      for (let waited = 0; waited < after; waited += 1) await step(() => undefined);
      const late = isAcked();
      const done = await actions[name]();
      onOutcome(name, late, done);
      if (late && done) throw new Error(`${name} began after the ack of the withdrawal and was carried out`);
    };
    await s.waitFor(Promise.all([withdraw(), ...plan.map(run)]));
  });
}

test('nothing that begins after the ack of a withdrawal is carried out, whatever runs in between', async () => {
  const seen = new Set<string>();
  await fc.assert(
    race(none, (name, late, done) =>
      seen.add(`${name} ${late ? 'late' : 'early'} ${done ? 'done' : 'refused'}`),
    ),
    { numRuns: 400 },
  );
  for (const name of names) {
    expect(seen).toContain(`${name} early done`);
    expect(seen).toContain(`${name} early refused`);
    expect(seen).toContain(`${name} late refused`);
  }
});

test.each<[string, Fault]>([
  ['leaves the ledger as it was', () => ({ withdrawals: { record: async () => true } })],
  ['is not looked at for each frame', () => ({ consent: async () => 'granted' as const })],
])('the test finds a withdrawal that %s', async (_fault, fault) => {
  const { failed } = await fc.check(
    race(fault, () => undefined),
    { numRuns: 400 },
  );
  expect(failed).toBe(true);
});

const grant = {
  policyVersion: policy.version,
  jurisdiction: 'KR',
  birthDate: '1930-01-01',
};

test('of the decisions of two devices the last line is what holds, and a withdrawal mutes what was open by then', async () => {
  const decision = fc.record({
    device: fc.constantFrom('phone', 'desk'),
    decision: fc.constantFrom('grant', 'withdraw', 'connect'),
    after: fc.nat(10),
  });
  const outcomes = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(decision, { minLength: 1, maxLength: 6 }),
      async (s, decisions) => {
        const world = consentWorld('phone', 'desk');
        const { state } = world;
        const step: Step = async (effect) => {
          await s.schedule(Promise.resolve());
          const result = effect();
          // What is open to pushes has been opened since the last withdrawal; so it is at every instant.
          const since = state.ledger.findLastIndex((line) => line.decision === 'withdrawn');
          expect(state.live.filter((each) => (openedAt.get(each.connectionId) ?? 0) <= since)).toEqual([]);
          return result;
        };
        /** How many lines the ledger had. */
        const openedAt = new Map([
          ['phone', 1],
          ['desk', 1],
        ]);
        const run = async (each: (typeof decisions)[number], index: number) => {
          for (let waited = 0; waited < each.after; waited += 1) await step(() => undefined);
          if (each.decision === 'connect')
            await step(() => {
              // As `$connect` does it, whose second look at the ledger follows.
              if (state.ledger.at(-1)?.decision !== 'granted') return;
              openedAt.set(`new-${index}`, state.ledger.length);
              world.connect(`new-${index}`);
            });
          else if (each.decision === 'grant')
            await untilDecided(async () => grantConsent(world.deps(step), 'alice', grant));
          else
            await untilDecided(async () =>
              withdrawConsent(world.deps(step), 'alice', { connectionId: each.device, frameId: 'w' }),
            );
        };
        await s.waitFor(Promise.all(decisions.map(run)));
        expect(state.ledger.map(({ entry }) => entry)).toEqual(state.ledger.map((_, index) => index + 1));
        const last = state.ledger.at(-1)?.decision;
        expect(await world.deps(async (effect) => effect()).consent('alice')).toBe(last);
        if (last === 'withdrawn') expect([state.live, state.muted, state.sockets.size]).toEqual([[], [], 0]);
        outcomes.add(`${last} ${state.live.length > 0}`);
      },
    ),
    { numRuns: 1_000 },
  );
  expect(outcomes).toEqual(new Set(['granted true', 'granted false', 'withdrawn false']));
});

/** As clients do: whoever has lost to others five times asks again. */
async function untilDecided(decide: () => Promise<unknown>): Promise<void> {
  for (;;)
    try {
      await decide();
      return;
    } catch (error) {
      if (!(error instanceof ProtocolError) || error.code !== 'CONFLICT') throw error;
    }
}
