import { membersWorld } from '../../support/members-world.ts';
import { direct } from '../../support/step.ts';

const daySeconds = 86_400;

test.each([1, 7, 30])(
  'with a retention of %d days somebody who has left is found as long as what they wrote, and whom they named, says who they are',
  async (days) => {
    const settings = { history: 'start', afterLeaving: 'keep' } as const;
    const world = await membersWorld(['ann', 'bob'], settings, 100, days * daySeconds);
    await world.change(direct, 'bob', { id: 'leave', leave: true });
    const [row] = world.former();
    const atLeast = Math.max(days, 7) * daySeconds;
    expect(row?.expiresAt).toBeGreaterThan(1_000 + atLeast);
    expect(row?.expiresAt).toBeLessThanOrEqual(1_000 + atLeast + daySeconds);
  },
);
