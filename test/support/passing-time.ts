import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import type { Item, SystemTables } from './system-tables.ts';

const nowSeconds = () => Math.floor(Date.now() / 1000);

/** Time passes for everything: it was sent, or set, a week and an hour ago. */
export async function ageAll({ all, change }: SystemTables): Promise<void> {
  const end = nowSeconds() - 3_600;
  const begin = (end - 604_800) * 1000;
  const marked = (item: Item) => (item['heldExpiresAt'] === undefined ? 'expiresAt' : 'heldExpiresAt');
  for (const item of await all('MESSAGE_TABLE')) {
    const { conversationId, seq } = item;
    await change(
      'MESSAGE_TABLE',
      { conversationId, seq },
      { sentAt: begin, endsAt: end, [marked(item)]: end },
    );
  }
  for (const item of await all('PROFILE_TABLE'))
    await change(
      'PROFILE_TABLE',
      { userId: item['userId'] },
      { updatedAt: begin, sweepFrom: begin, endsAt: end, [marked(item)]: end },
    );
  for (const item of await all('CONVERSATION_TABLE')) {
    if (item['purgeShard'] === undefined) continue;
    const { conversationId, entry } = item;
    await change('CONVERSATION_TABLE', { conversationId, entry }, { nextPurgeAt: end, purgeFrom: begin });
  }
}

/** Runs of the sweeper and the time between them, and DynamoDB's own deletion. */
export async function deleteAll(
  system: Pick<LocalSystem, 'schedules' | 'sweepExpired'>,
  { all, change }: SystemTables,
): Promise<void> {
  for (let run = 0; run < 3; run += 1) {
    const earlier = nowSeconds() - 100;
    for (const { conversationId, entry, ...rest } of await all('CONVERSATION_TABLE')) {
      if (entry !== 'head') continue;
      await change(
        'CONVERSATION_TABLE',
        { conversationId, entry },
        {
          settledAt: earlier,
          ...(rest['drainingSince'] !== undefined && { drainingSince: earlier }),
          ...(rest['nextPurgeAt'] !== undefined && { nextPurgeAt: Math.min(rest['nextPurgeAt'], earlier) }),
        },
      );
    }
    await fire(system, 'purge');
  }
  await fire(system, 'sweep-profiles');
  await system.sweepExpired();
}

/** The time to look whether those uploads were sent comes, and somebody looks. */
export async function sweepUploads(
  system: Pick<LocalSystem, 'schedules'>,
  tables: SystemTables,
  ...mediaIds: readonly string[]
): Promise<void> {
  for (const mediaId of mediaIds)
    await tables.change('MEDIA_TABLE', { mediaId }, { sweepAt: nowSeconds() - 1 });
  await fire(system, 'sweep-uploads');
}

async function fire({ schedules }: Pick<LocalSystem, 'schedules'>, name: string): Promise<void> {
  const result = await schedules.fire(name);
  if (!result.ok) throw new Error(`${name} failed`);
}
