import middy from '@middy/core';
import { compose } from '../../shared/composition/compose.ts';
import { exportQueue } from '../../shared/composition/gateways.ts';
import { metrics, now } from '../../shared/composition/settings.ts';
import { exportFiles, exportRequests } from '../../shared/composition/stores.ts';
import { tendExports } from '../../shared/export/tend-exports.ts';

const deps = compose({ exports: exportRequests, files: exportFiles, jobs: exportQueue, metrics, now });

export const handler = middy().handler(async () => tendExports(deps));
