import fc from 'fast-check';
import { endPushDevices } from '../../../shared/notifications/end-push-devices.ts';
import { pushToken } from '../../../shared/notifications/register-push-token.ts';
import { ProtocolError } from '../../../shared/protocol/errors.ts';
import { consentStore } from '../../../shared/stores/consents/consent-store.ts';
import type { Database } from '../../../shared/stores/dynamodb/database.ts';
import type { PushDevice, PushToken } from '../../../shared/stores/personal/push-device.ts';
import { pushTokenStore } from '../../../shared/stores/personal/push-token-store.ts';
import { epochMillis } from '../../../shared/time.ts';
import { memoryDynamoDb } from '../../promises/dynamodb/engine.ts';
import { type Death, deathWithin, dying } from '../../support/dying.ts';
import { direct, type Step } from '../../support/step.ts';
import { tableModels } from '../../support/store-tables.ts';

// People share phones: a token is one installation of the app, and whoever is signed in there has it.

const people = ['ann', 'bea', 'cid'];
const devices = ['phone', 'tablet'];
const tokens = ['t1', 't2', 't3'];
const policy = { version: '1', digest: 'd' };

function world() {
  let now = epochMillis(1_800_000_000_000);
  const broken: string[] = [];
  const engine = memoryDynamoDb(tableModels('personal', 'consents'), { now: () => now });
  const deps = (step: Step) => {
    const db = {
      send: async (command: Parameters<typeof engine.execute>[0]) =>
        step(() => {
          const result = engine.execute(command);
          lookAround();
          return result;
        }),
    } as unknown as Database;
    return {
      tokens: pushTokenStore(db, { personal: 'personal', consents: 'consents' }),
      ledger: consentStore(db, 'consents'),
      policy,
      tokenSeconds: 60 * 86_400,
      now: () => now,
    };
  };
  const rows = () => [...engine.items('personal')];
  const listed = (userId: string) =>
    rows().flatMap((row) => (row['userId'] === userId ? (row['devices'] as readonly PushDevice[]) : []));
  const secrets = () =>
    rows().flatMap((row) => (row['token'] === undefined ? [] : [row as unknown as PushToken]));

  /** After every single effect: each token leads to its owner's list and each list to its tokens, whoever dies where. */
  function lookAround(): void {
    for (const { boundTo, tokenId } of secrets())
      if (!listed(boundTo).some((each) => each.tokenId === tokenId))
        broken.push(`${boundTo} lacks ${tokenId}`);
    for (const userId of people)
      for (const { tokenId } of listed(userId))
        if (!secrets().some((each) => each.tokenId === tokenId && each.boundTo === userId))
          broken.push(`${userId} has ${tokenId} of somebody else`);
  }

  return {
    broken,
    listed,
    secrets,
    pass: (millis: number) => {
      now = epochMillis(now + millis);
    },
    decide: async (step: Step, userId: string, decision: 'granted' | 'withdrawn') => {
      const { ledger } = deps(step);
      const entry = ((await ledger.last(userId))?.entry ?? 0) + 1;
      const line = { userId, entry, decision, purpose: 'chat', decidedAt: now } as const;
      await ledger.append({ ...line, policyVersion: '1', policyDigest: 'd' });
    },
    register: async (step: Step, userId: string, device: string, token: string) =>
      pushToken(deps(step), userId, { device, platform: 'fcm', token }),
    signOut: async (step: Step, userId: string, device: string) =>
      pushToken(deps(step), userId, { device, token: null }),
    end: async (step: Step, userId: string) => endPushDevices(deps(step), userId),
  };
}
type World = ReturnType<typeof world>;

type Act = {
  readonly by: string;
  readonly does: 'register' | 'sign out' | 'withdraw' | 'grant';
  readonly device: string;
  readonly token: string;
  readonly dies: Death | undefined;
};
const act: fc.Arbitrary<Act> = fc.record({
  by: fc.constantFrom(...people),
  does: fc.constantFrom('register', 'register', 'register', 'sign out', 'withdraw', 'grant'),
  device: fc.constantFrom(...devices),
  token: fc.constantFrom(...tokens),
  dies: deathWithin(7),
});

async function carryOut(at: World, { by, does, device, token }: Act, step: Step): Promise<void> {
  try {
    if (does === 'register') await at.register(step, by, device, token);
    else if (does === 'sign out') await at.signOut(step, by, device);
    else if (does === 'grant') await at.decide(step, by, 'granted');
    else {
      await at.end(step, by);
      await at.decide(step, by, 'withdrawn');
      await at.end(step, by);
    }
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
  }
}

test('one after the other, with deaths and repeats: each token is where a plain table has it', async () => {
  const seen = { moved: 0, replaced: 0, deaths: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 25, size: 'max' }), async (acts) => {
      const at = world();
      for (const userId of people) await at.decide(direct, userId, 'granted');
      const agreed = new Set(people);
      /** By person and device. */
      const model = new Map<string, string>();
      for (const one of acts) {
        const { by, does, device, token, dies } = one;
        at.pass(60_000);
        if (dies !== undefined) {
          seen.deaths += 1;
          await Promise.race([carryOut(at, one, dying(dies, direct)), settled()]);
        }
        await carryOut(at, one, direct);
        if (does === 'withdraw') {
          agreed.delete(by);
          for (const each of devices) model.delete(`${by} ${each}`);
        } else if (does === 'grant') agreed.add(by);
        else if (does === 'sign out') model.delete(`${by} ${device}`);
        else if (agreed.has(by)) {
          if ((model.get(`${by} ${device}`) ?? token) !== token) seen.replaced += 1;
          for (const [place, had] of model)
            if (had === token && model.delete(place) && !place.startsWith(by)) seen.moved += 1;
          model.set(`${by} ${device}`, token);
        }
        const found = at.secrets().map((each) => [`${each.boundTo} ${each.device}`, each.token]);
        expect(new Map(found as [string, string][])).toEqual(model);
      }
      expect(at.broken).toEqual([]);
    }),
    { numRuns: 150 },
  );
  expect(seen.moved).toBeGreaterThan(50);
  expect(seen.replaced).toBeGreaterThan(50);
  expect(seen.deaths).toBeGreaterThan(200);
});

/** Longer than anybody takes who is not dead. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 200; turn += 1) await Promise.resolve();
}

test('all at once: no token is anybody’s whose list lacks it, and who has withdrawn has none', async () => {
  let races = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(fc.array(act, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 4 }),
      async (scheduler, rounds) => {
        const at = world();
        const scheduled: Step = async (effect) => {
          await scheduler.schedule(Promise.resolve());
          return effect();
        };
        for (const userId of people) await at.decide(direct, userId, 'granted');
        const withdrawn = new Set<string>();
        for (const round of rounds) {
          at.pass(60_000);
          // What one person does they may do on two devices at a time; a decision is taken alone.
          const deciding = new Set<string>();
          const acts = round.filter(({ by, does }) => {
            if (does !== 'withdraw' && does !== 'grant') return true;
            const isFirst = !deciding.has(by);
            deciding.add(by);
            return isFirst;
          });
          await scheduler.waitFor(Promise.all(acts.map(async (one) => carryOut(at, one, scheduled))));
          races += acts.length > 1 ? 1 : 0;
          for (const { by, does } of acts)
            if (does === 'withdraw') withdrawn.add(by);
            else if (does === 'grant') withdrawn.delete(by);
          for (const userId of withdrawn) expect(at.listed(userId)).toEqual([]);
          for (const { boundTo } of at.secrets()) expect(withdrawn).not.toContain(boundTo);
        }
        expect(at.broken).toEqual([]);
      },
    ),
    { numRuns: 200 },
  );
  expect(races).toBeGreaterThan(200);
});

test('of more than ten devices the one registered first makes room, and what is over counts no more', async () => {
  const at = world();
  await at.decide(direct, 'ann', 'granted');
  for (let index = 0; index < 12; index += 1) {
    at.pass(1_000);
    await at.register(direct, 'ann', `d${index}`, `token-${index}`);
  }
  expect(at.listed('ann').map(({ device }) => device)).toEqual(
    Array.from({ length: 10 }, (_, index) => `d${index + 2}`),
  );
  expect(at.secrets()).toHaveLength(10);
  at.pass(61 * 86_400_000);
  await at.register(direct, 'ann', 'new', 'fresh');
  expect(at.listed('ann').map(({ device }) => device)).toEqual(['new']);
  expect(at.secrets().map(({ token }) => token)).toEqual(['fresh']);
});

test('a token that is registered with each start of the app is written once a day, and then lives on', async () => {
  const at = world();
  await at.decide(direct, 'ann', 'granted');
  let writes = 0;
  const counted: Step = async (effect) => {
    const before = JSON.stringify(at.listed('ann'));
    const result = effect();
    if (JSON.stringify(at.listed('ann')) !== before) writes += 1;
    return result;
  };
  for (let hour = 0; hour < 49; hour += 1) {
    await at.register(counted, 'ann', 'phone', 'token');
    at.pass(3_600_000);
  }
  expect(writes).toBe(3);
});
