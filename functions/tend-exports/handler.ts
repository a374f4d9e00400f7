import middy from '@middy/core';
import { compose } from '../../shared/composition/compose.ts';
import { exportQueue } from '../../shared/composition/gateways.ts';
import { metrics, now } from '../../shared/composition/settings.ts';
import { exportFiles, exportRequests, laps } from '../../shared/composition/stores.ts';
import { tendExports } from '../../shared/export/tend-exports.ts';

const deps = compose({ exports: exportRequests, files: exportFiles, laps, jobs: exportQueue, metrics, now });

/** What the last group needs before the function is cut off: a zip takes several calls of S3. */
const marginMillis = 15_000;

export const handler = middy().handler(async (_event, context) => {
  const isOver = () => context.getRemainingTimeInMillis() < marginMillis;
  await tendExports({ ...deps, isOver });
});
