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

type Answer = { readonly ok?: boolean; readonly result?: { readonly state?: string } };
type Done = (result: Answer['result']) => void;

/** The operator asks so long after an answer whether it is held by now. */
const againMillis = 60_000;

/** As their functions are configured. */
const longestCommandMillis = 60_000;

const periods = [30, 120, 600, 600, 1_200];

/** Holds and releases, erases on request, looks at the figures, and changes the policy by a deployment. */
export function operatorOf({ cloud, oracle, time, random, names, isOver, acts }: OperatorDeps) {
  /** Those that have been asked for and not released. */
  const orders = new Set<{ readonly target: HoldTarget }>();
  let isDeploying = false;
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

  function command(name: string, input: object, done: Done = () => undefined): void {
    cloud.invoke(name, { operator: 'somebody', input }, (outcome) => {
      const { ok = false, result } = ((outcome.ok && outcome.result) || {}) as Answer;
      if (ok) count(acts, name);
      done(ok ? result : undefined);
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
    const order = { target };
    orders.add(order);
    ask(order);
  }

  /** Again until it is held. Of a command that failed nobody knows whether it has placed anything. */
  function ask(order: { readonly target: HoldTarget }): void {
    if (isOver() || !orders.has(order)) return;
    const { target } = order;
    command('admin-hold', { ...target, reason: 'a case', authority: 'a court' }, (result) => {
      if (!orders.has(order)) return;
      if (result?.state === 'held') {
        oracle.holds.placed(target, time.now());
        count(acts, 'held');
      } else if (result?.state === 'placing') time.after(againMillis, () => ask(order));
      else orders.delete(order);
    });
  }

  function release(): void {
    // Seldom one that is still being placed.
    const all = random.chance(0.8) ? oracle.holds.all() : [...orders].map((order) => order.target);
    const target = random.pick(all);
    if (target !== undefined) lift(target);
  }

  function lift(target: HoldTarget): void {
    oracle.holds.released(target);
    for (const order of orders)
      if (JSON.stringify(order.target) === JSON.stringify(target)) orders.delete(order);
    command('admin-release', target);
  }

  /** Of a command that failed too nobody knows whether it has held; and one that was under way may come after the first release. */
  function releaseAll(): void {
    const conversations = new Set([...oracle.messages.values()].map(({ conversationId }) => conversationId));
    const targets: readonly HoldTarget[] = [
      ...names.map((userId) => ({ kind: 'user', userId }) as const),
      ...[...conversations].map((conversationId) => ({ kind: 'conversation', conversationId }) as const),
    ];
    const liftAll = () => targets.forEach(lift);
    liftAll();
    time.after(longestCommandMillis, liftAll);
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
