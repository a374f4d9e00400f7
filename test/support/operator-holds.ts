import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import type { HoldTarget } from '../../shared/stores/privacy/holds.ts';
import type { SystemTables } from './system-tables.ts';

/** Holds as the operator places and lifts them, and the work that follows from it. */
export function operatorHolds(system: Pick<LocalSystem, 'invoke'>, { get, change }: SystemTables) {
  async function admin(command: 'hold' | 'release', input: object): Promise<any> {
    const { payload }: any = await system.invoke(`admin-${command}`, { operator: 'olga', input });
    return payload.result ?? payload;
  }

  return {
    hold: async (target: HoldTarget) => admin('hold', { ...target, ...holdGrounds }),
    release: async (target: HoldTarget) => admin('release', target),

    /** What the queue does by itself, at once; `looks` of the two that a hold takes. */
    async follow(target: HoldTarget, looks: 1 | 2): Promise<void> {
      for (;;) {
        const hold = await get('PRIVACY_TABLE', holdItem(target));
        const round = hold?.['walk']?.round;
        if (round === undefined || round > looks) return;
        // Time passes until the second look. The system's own worker may have been there since, and taken the hold away.
        if (round === 2)
          await change('PRIVACY_TABLE', holdItem(target), { walk: { round: 2, notBefore: 0 } });
        const done = await system.invoke('apply-holds', { Records: [{ body: JSON.stringify(target) }] });
        if (!done.ok) throw new Error(`apply-holds failed: ${done.errorType}`);
      }
    },
  };
}

/** What every new hold needs to say. */
export const holdGrounds = { reason: 'case 12', authority: 'district court' };

export const holdItem = (target: HoldTarget) => ({
  record: 'holds',
  at: `${target.kind}#${target.kind === 'user' ? target.userId : target.conversationId}`,
});
