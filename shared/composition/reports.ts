import { eraseMessage } from './operator-erasure.ts';
import { now } from './settings.ts';
import { endingReports, holds, messages, reportObjects } from './stores.ts';

/** What it takes to bring reports to their end. */
export const endingOfReports = {
  reports: endingReports,
  objects: reportObjects,
  messages,
  holds,
  eraseMessage,
  now,
};
