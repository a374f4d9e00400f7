import { randomBytes } from 'node:crypto';
import { compose } from '../../shared/composition/compose.ts';
import { messageRetention, reportRetention } from '../../shared/composition/retention.ts';
import { limits, now } from '../../shared/composition/settings.ts';
import {
  mediaPlaces,
  messages,
  readableRows,
  reportCopies,
  reported,
  reports,
} from '../../shared/composition/stores.ts';

/** Where the operator has people report, and messages are stored to be reported. */
export function keptReports() {
  const deps = compose({
    conversations: readableRows,
    messages,
    reports,
    reported,
    objects: reportCopies,
    locate: mediaPlaces,
    retention: messageRetention,
    reportRetention,
    limits,
    now,
  });
  return { ...deps, randomId: () => randomBytes(18).toString('base64url') };
}
