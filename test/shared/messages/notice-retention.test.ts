import { sendMessage } from '../../../shared/messages/send-message.ts';
import { retentionMemory } from '../../../shared/retention/retention-memory.ts';
import { retentionEnd } from '../../../shared/stores/expiry/retention.ts';
import { epochMillis } from '../../../shared/time.ts';
import { memoryRetentionStore, type RetentionRows } from '../../support/memory-retention-store.ts';
import { conversationId, messageWorld } from '../../support/message-world.ts';
import { direct } from '../../support/step.ts';

const alice = { userId: 'alice', connectionId: 'alice-1' };

/** A conversation, and functions that are deployed one after the other. */
function deployments() {
  const world = messageWorld();
  const rows: RetentionRows = new Map();
  let [now, asked, sent] = [1_000_000_000, 0, 0];
  const pass = (millis: number): void => {
    now += millis;
  };
  const pause = async (millis: number): Promise<void> => pass(millis);
  return {
    rows,
    asked: () => asked,
    pass,
    deployed(retentionSeconds: number, own?: number) {
      const memory = retentionMemory({
        ...{ store: memoryRetentionStore(rows), kind: 'messages', retentionSeconds, pause },
        now: () => epochMillis(now),
      });
      const retention = async () => {
        asked += 1;
        return memory();
      };
      return async () => {
        sent += 1;
        const deps = { ...world.deps(direct, () => now), retentionSeconds, retention };
        if (own !== undefined) world.rows.get(conversationId)!.head = { ...world.head(), retention: own };
        const frame = { action: 'send', id: `m${sent}`, conversationId } as const;
        return sendMessage(deps, alice, { ...frame, content: { type: 'text', text: 'x' } });
      };
    },
  };
}

test('the first message of a deployment with a longer retention keeps its end, though nobody has read since', async () => {
  const { rows, deployed, pass } = deployments();
  await deployed(30)();
  pass(60_000);
  const { sentAt, expiresAt } = await deployed(1_200)();
  pass(1_000_000);
  const { periods, endedBefore } = rows.get('messages')!;
  expect(retentionEnd(sentAt as never, { periods, endedBefore })).toBe(expiresAt);
});

test('who writes in a conversation that goes on asks nobody; in a new one, and after a change, once', async () => {
  const { asked, deployed, pass } = deployments();
  const before = deployed(600);
  for (let message = 0; message < 5; message += 1) {
    await before();
    pass(10_000);
  }
  expect(asked()).toBe(1);
  const after = deployed(1_200);
  for (let message = 0; message < 5; message += 1) {
    await after();
    pass(10_000);
  }
  expect(asked()).toBe(2);
});

test('a conversation that keeps for a shorter time of its own is no change', async () => {
  const { asked, deployed, pass } = deployments();
  const send = deployed(600, 60);
  for (let message = 0; message < 3; message += 1) {
    await send();
    pass(10_000);
  }
  expect(asked()).toBe(1);
});
