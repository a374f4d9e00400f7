import fc from 'fast-check';
import { type WithdrawConsentDeps, withdrawConsent } from '../../../shared/consent/withdraw-consent.ts';
import { requestOwnExport } from '../../../shared/export/request-export.ts';
import { writeExport } from '../../../shared/export/write-export.ts';
import { readHistory } from '../../../shared/messages/read-history.ts';
import { sendMessage } from '../../../shared/messages/send-message.ts';
import { ProtocolError } from '../../../shared/protocol/errors.ts';
import type { Connection } from '../../../shared/stores/connections/connection.ts';
import { type ConsentEntry, policyFingerprint } from '../../../shared/stores/consents/consent-entry.ts';
import { currentConsent } from '../../../shared/stores/consents/current-consent.ts';
import type { Conversation } from '../../../shared/stores/conversations/conversation.ts';
import { epochMillis } from '../../../shared/time.ts';
import { exportWorld } from '../../support/export-world.ts';
import { conversationId, messageWorld } from '../../support/message-world.ts';
import { steadyRetention } from '../../support/steady-retention.ts';
import type { Step } from '../../support/step.ts';

const policy = { version: '1', digest: 'digest' };
const now = () => epochMillis(1_000);
const phone: Connection = {
  userId: 'alice',
  connectionId: 'phone',
  connectedAt: epochMillis(0),
  expiresAt: 4e9 as Connection['expiresAt'],
  consentedPolicy: policyFingerprint(policy),
};
const granted: ConsentEntry = {
  userId: 'alice',
  entry: 1,
  decision: 'granted',
  purpose: 'chat',
  policyVersion: policy.version,
  policyDigest: policy.digest,
  decidedAt: now(),
};

type Withdrawal = Pick<WithdrawConsentDeps, 'ledger' | 'conversations'>;
type Fault = (withdrawal: Withdrawal) => Withdrawal;

/**
 * Alice, who withdraws, and what may run beside it on the socket that she still has. Every call of a store is a step;
 * each action resolves to whether it was carried out.
 */
async function aliceWithdrawing(step: Step, fault: Fault, isWritten: boolean) {
  const chat = messageWorld();
  const exported = exportWorld();
  const ledger = [granted];
  let suspended = false;
  let open: readonly Connection[] = [phone];
  let acked = false;

  const members = (): Conversation['members'] =>
    new Map([
      ['alice', { userId: 'alice', readSeq: 0, suspended }],
      ['bob', { userId: 'bob', readSeq: 0, suspended: false }],
    ]);
  const chatDeps = chat.deps(step, now);
  const conversations = {
    ...chatDeps.conversations,
    readMember: async (_id: string, userId: string) => step(() => members().get(userId)),
    read: async () => step(() => ({ head: chat.head(), members: members() })),
  };
  const consent = currentConsent({ last: async () => step(() => ledger.at(-1)) }, policy);
  const connections = {
    listByUser: async () => step(() => open),
    remove: async (gone: Connection) =>
      step(() => {
        open = open.filter((each) => each !== gone);
      }),
  };
  const { exports } = exported;
  const exportDeps = {
    ...exported.writeDeps,
    consent,
    connections,
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

  const actions = {
    send: async () =>
      carriedOut(
        sendMessage(
          { ...chatDeps, conversations },
          { userId: 'alice', connectionId: 'phone' },
          { action: 'send', id: 's', conversationId, content: { type: 'text', text: 'hello' } },
        ),
      ),
    history: async () =>
      carriedOut(
        readHistory(
          {
            messages: chatDeps.messages,
            conversations,
            limits: { historyPage: 100 },
            retention: steadyRetention(604_800, now),
            now,
          },
          'alice',
          { action: 'history', id: 'h', conversationId },
        ),
      ),
    export: async () => carriedOut(requestOwnExport({ ...exported.requestDeps, ...exportDeps }, 'alice')),
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
  const withdraw = async () =>
    withdrawConsent(
      {
        ...fault({
          ledger: {
            last: async () => step(() => ledger.at(-1)),
            append: async (entry) => step(() => ledger.push(entry) > 0),
          },
          conversations: {
            suspendUser: async () =>
              step(() => {
                suspended = true;
              }),
            resumeUser: async () =>
              step(() => {
                suspended = false;
              }),
          },
        }),
        connections,
        gateway: {
          push: async (_connectionId, data) =>
            step(() => {
              acked ||= JSON.parse(new TextDecoder().decode(data)).type === 'ack';
              return 'sent' as const;
            }),
          close: async () => step(() => undefined),
        },
        policy,
        now,
      },
      'alice',
      { connectionId: 'phone', frameId: 'w' },
    );
  return { actions, withdraw, isAcked: () => acked };
}

async function carriedOut(action: Promise<unknown>): Promise<boolean> {
  try {
    await action;
    return true;
  } catch (error) {
    if (error instanceof ProtocolError && error.code === 'CONSENT_REQUIRED') return false;
    throw error;
  }
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
    race(
      (withdrawal) => withdrawal,
      (name, late, done) => seen.add(`${name} ${late ? 'late' : 'early'} ${done ? 'done' : 'refused'}`),
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
  [
    'suspends no membership',
    (good) => ({ ...good, conversations: { ...good.conversations, suspendUser: async () => undefined } }),
  ],
  [
    'leaves the ledger as it was',
    (good) => ({ ...good, ledger: { ...good.ledger, append: async () => true } }),
  ],
])('the test finds a withdrawal that %s', async (_fault, fault) => {
  const { failed } = await fc.check(
    race(fault, () => undefined),
    { numRuns: 400 },
  );
  expect(failed).toBe(true);
});
