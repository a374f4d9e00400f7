import middy from '@middy/core';
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
import { purgeExpired, purgeShare } from '../../shared/retention/purge-expired.ts';
import { errorName } from '../../shared/runtime/error-name.ts';
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

/** What the last batch, the record and the metric need before the function is cut off. */
const marginMillis = 20_000;

export const handler = middy().handler(async (_event, context) => {
  const endBy = epochMillis(deps.now() + context.getRemainingTimeInMillis() - marginMillis);
  const run = await purgeExpired({ ...deps, endBy });
  if (run === undefined) return;
  deps.metrics.put({
    OldestExpiredItemAge: run.oldestExpiredItemAge,
    PurgedMessages: run.messagesDeleted,
    PurgeFailures: run.failures,
  });
});
