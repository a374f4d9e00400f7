import middy from '@middy/core';
import * as z from 'zod';
import { compose, merged } from '../../shared/composition/compose.ts';
import { messageRetention } from '../../shared/composition/retention.ts';
import { log, metrics, now, retentionSeconds } from '../../shared/composition/settings.ts';
import {
  conversationRows,
  conversations,
  expiredMessages,
  holds,
  purgeIndex,
  purgeRuns,
} from '../../shared/composition/stores.ts';
import { purgeShardCount } from '../../shared/configuration/purge-shards.ts';
import { purgeExpired, purgeShare } from '../../shared/retention/purge-expired.ts';
import { errorName } from '../../shared/runtime/error-name.ts';
import { onlySweeper } from '../../shared/stores/privacy/sweeper.ts';
import { epochMillis } from '../../shared/time.ts';

const parts = compose({
  messages: expiredMessages,
  conversations: merged(merged(conversations, conversationRows), purgeIndex),
  runs: purgeRuns,
  holds,
  retentionSeconds,
  retention: messageRetention,
  metrics,
  log,
  now,
});
const deps = {
  ...parts,
  share: purgeShare,
  onFailure: (error: unknown) => parts.log.error('purge failed', { errorName: errorName(error) }),
};

const number = z.int().min(1).max(purgeShardCount);
/** One that the clock of an earlier release started, or a person, is the only one. */
const event = z.object({ sweeper: number, of: number }).catch(onlySweeper);

/** What the last batch, the record and the metric need before the function is cut off. */
const marginMillis = 20_000;

export const handler = middy().handler(async (input: unknown, context) => {
  const endBy = epochMillis(deps.now() + context.getRemainingTimeInMillis() - marginMillis);
  const sweeper = event.parse(input);
  const run = await purgeExpired({ ...deps, endBy, sweeper, runs: deps.runs.of(sweeper) });
  if (run === undefined) return;
  deps.metrics.put({
    OldestExpiredItemAge: run.oldestExpiredItemAge,
    PurgedMessages: run.messagesDeleted,
    PurgeFailures: run.failures,
  });
});
