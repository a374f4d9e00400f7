import type { HoldTarget } from '../oracle/holdings.ts';
import type { Oracle } from '../oracle/oracle.ts';
import { type Acts, count } from './acts.ts';
import type { Cloud } from './cloud.ts';
import { anyOf } from './people.ts';
import type { Random } from './random.ts';
import type { Timeline } from './timeline.ts';

export type OperatorDeps = {
  readonly cloud: Cloud;
  readonly oracle: Oracle;
  readonly time: Timeline;
  readonly random: Random;
  readonly names: readonly string[];
  readonly isOver: () => boolean;
  readonly acts: Acts;
};

const periods = [30, 120, 600, 600, 1_200];

/** Holds and releases, erases on request, looks at the figures, and changes the policy by a deployment. */
export function operatorOf({ cloud, oracle, time, random, names, isOver, acts }: OperatorDeps) {
  let isDeploying = false;
  /** How often each was released. */
  const releases = new Map<string, number>();
  goOn();
  return { releaseAll };

  function goOn(): void {
    time.after(random.between(20_000, 240_000), () => {
      if (isOver()) return;
      const act = random.pick([
        hold,
        hold,
        release,
        release,
        changePolicy,
        changePolicy,
        eraseSomebody,
        look,
      ]);
      act?.();
      goOn();
    });
  }

  function command(name: string, input: object, done: (isDone: boolean) => void = () => undefined): void {
    cloud.invoke(name, { operator: 'somebody', input }, (outcome) => {
      const { ok = false } = ((outcome.ok && outcome.result) || {}) as { readonly ok?: boolean };
      if (ok) count(acts, name);
      done(ok);
    });
  }

  function hold(): void {
    const conversations = new Set([...oracle.messages.values()].map(({ conversationId }) => conversationId));
    const conversationId = anyOf(random, conversations);
    const userId = random.pick(names) ?? '';
    const target: HoldTarget =
      conversationId !== undefined && random.chance(0.5)
        ? { kind: 'conversation', conversationId }
        : { kind: 'user', userId };
    const key = JSON.stringify(target);
    const before = releases.get(key);
    command('admin-hold', { ...target, reason: 'a case', authority: 'a court' }, (isDone) => {
      // Released before it was answered: which of the two came last nobody knows.
      if (isDone && releases.get(key) === before) oracle.holds.placed(target, time.now());
    });
  }

  function release(): void {
    const target = random.pick(oracle.holds.all());
    if (target !== undefined) releaseOne(target);
  }

  /** Of a command that failed too nobody knows whether it has held. */
  function releaseAll(): void {
    const conversations = new Set([...oracle.messages.values()].map(({ conversationId }) => conversationId));
    const targets: readonly HoldTarget[] = [
      ...names.map((userId) => ({ kind: 'user', userId }) as const),
      ...[...conversations].map((conversationId) => ({ kind: 'conversation', conversationId }) as const),
    ];
    for (const target of targets) releaseOne(target);
  }

  function releaseOne(target: HoldTarget): void {
    const key = JSON.stringify(target);
    releases.set(key, (releases.get(key) ?? 0) + 1);
    oracle.holds.released(target);
    command('admin-release', target);
  }

  function changePolicy(): void {
    if (isDeploying) return;
    isDeploying = true;
    const seconds = random.pick(periods) ?? 600;
    const change = oracle.ends.change(time.now());
    const { end } = cloud.deploy({
      MESSAGE_RETENTION_SECONDS: String(seconds),
      PROFILE_RETENTION_SECONDS: String(seconds),
    });
    time.after(random.between(1_000, 90_000), () => {
      end();
      // What the old functions have begun comes to its end.
      time.after(15_000, () => {
        isDeploying = false;
        change.complete(time.now(), seconds);
        count(acts, 'deployment');
      });
    });
  }

  function eraseSomebody(): void {
    const userId = random.pick(names) ?? '';
    const scope = random.pick(['profile', 'account'] as const) ?? 'profile';
    oracle.erasureAsked(userId, { scope });
    command('admin-user-erase', { userId, target: { scope } });
  }

  function look(): void {
    command('admin-purge-status', {});
    command('admin-user-receipts', { userId: random.pick(names) });
    command('admin-user-export', { userId: random.pick(names) });
  }
}
