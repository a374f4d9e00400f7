import { expireConnections } from '../../../shared/connections/expire-connections.ts';
import { recordWithdrawal } from '../../../shared/consent/record-withdrawal.ts';
import { withdrawConsent } from '../../../shared/consent/withdraw-consent.ts';
import { expiryShardOf } from '../../../shared/stores/connections/expiry-shard.ts';
import { consentWorld, now, socketOf } from '../../support/consent-world.ts';
import { dying } from '../../support/dying.ts';
import { direct, type Step } from '../../support/step.ts';

type World = ReturnType<typeof consentWorld>;

const phone = { connectionId: 'phone', frameId: 'w' };
const withdraw = async ({ deps }: World, step: Step = direct) => withdrawConsent(deps(step), 'alice', phone);

/** The clock's next run. */
async function runClock({ state, deps }: World): Promise<void> {
  await expireConnections({
    ...deps(direct),
    tellLeft: async () => undefined,
    tellCame: async () => undefined,
    connectionsPerUser: 10,
    isOver: () => false,
    now: () => now(),
    expiries: {
      async *due(shard) {
        if (shard !== expiryShardOf('alice') || state.nextExpiry === undefined) return;
        yield { userId: 'alice', nextExpiry: state.nextExpiry as never };
      },
      lease: async () => ({ live: state.live, muted: state.muted }),
      release: async () => {
        state.nextExpiry = undefined;
      },
      giveBack: async (_userId, _leased, next) => {
        state.nextExpiry = next;
      },
    },
  });
}

test('the line, the end of every push, the other sockets, the ack, and the own socket last', async () => {
  const world = consentWorld('desk', 'phone', 'watch');
  await withdraw(world);
  const { state } = world;
  expect(state.ledger.map(({ entry, decision }) => [entry, decision])).toEqual([
    [1, 'granted'],
    [2, 'withdrawn'],
  ]);
  expect(state.sent.slice(-2)).toEqual(['phone ack', 'phone bye']);
  expect(state.sent.slice(0, -2).toSorted()).toEqual(['desk bye', 'watch bye']);
  expect([state.sockets.size, state.live, state.muted]).toEqual([0, [], []]);
});

test('what it costs knows only sockets: two reads and one write before any of them is closed', async () => {
  const { state, deps } = consentWorld('phone');
  const ended = await recordWithdrawal(deps(direct), 'alice');
  expect(ended).toEqual([socketOf('phone')]);
  expect(state.calls).toBe(3);
});

test('a crash before or after any call leaves no socket that is pushed to once the line is there, and the clock closes them', async () => {
  const whole = consentWorld('phone', 'desk');
  await withdraw(whole);
  const outcomes = new Set<string>();
  for (let at = 1; at <= whole.state.calls; at += 1) {
    for (const after of [false, true]) {
      const world = consentWorld('phone', 'desk');
      const { state } = world;
      const crashed = withdraw(world, dying({ at, after }, direct));
      await Promise.race([crashed, new Promise(setImmediate)]);
      const isWithdrawn = state.ledger.at(-1)?.decision === 'withdrawn';
      outcomes.add(String(isWithdrawn));
      expect({ at, after, live: state.live.length }).toEqual({ at, after, live: isWithdrawn ? 0 : 2 });
      await runClock(world);
      expect({ at, after, open: state.sockets.size }).toEqual({ at, after, open: isWithdrawn ? 0 : 2 });
      // The client, which has got no ack, asks again.
      await withdraw(world);
      expect([state.sockets.size, state.live, state.muted]).toEqual([0, [], []]);
      expect(state.ledger).toHaveLength(2);
    }
  }
  expect(outcomes).toEqual(new Set(['true', 'false']));
});

test('one socket that cannot be closed holds up neither the others nor the ack, and the clock closes it', async () => {
  const world = consentWorld('phone', 'desk', 'watch');
  const { state } = world;
  state.close = (connectionId) => {
    if (connectionId === 'desk') throw new RangeError('429');
  };
  await withdraw(world);
  expect(state.sent).toContain('phone ack');
  expect([...state.sockets]).toEqual(['desk']);
  expect([state.live, state.muted]).toEqual([[], [socketOf('desk')]]);
  await runClock(world);
  // Still not: it stays due.
  expect(state.nextExpiry).toBeDefined();
  state.close = () => undefined;
  await runClock(world);
  expect([state.sockets.size, state.muted, state.nextExpiry]).toEqual([0, [], undefined]);
});

test('the ack that cannot be handed over undoes nothing', async () => {
  const world = consentWorld('phone');
  world.state.push = () => {
    throw new RangeError('403');
  };
  await withdraw(world);
  expect(world.state.ledger.at(-1)?.decision).toBe('withdrawn');
  expect(world.state.live).toEqual([]);
});

test('whoever withdraws again and again has one line more, and whoever never consented none', async () => {
  const world = consentWorld('phone');
  for (let time = 0; time < 3; time += 1) await withdraw(world);
  expect(world.state.ledger).toHaveLength(2);
  const stranger = consentWorld('phone');
  stranger.state.ledger.length = 0;
  await withdraw(stranger);
  expect(stranger.state.ledger).toEqual([]);
  expect(stranger.state.sockets.size).toBe(0);
});

test('a socket that is about to open keeps its row until it can be closed', async () => {
  const world = consentWorld('phone');
  const { state } = world;
  state.live = [...state.live, { ...socketOf('opening'), connectedAt: now() }];
  await withdraw(world);
  expect(state.muted.map(({ connectionId }) => connectionId)).toEqual(['opening']);
  state.sockets.add('opening');
  await runClock(world);
  expect([state.sockets.size, state.muted]).toEqual([0, []]);
});
