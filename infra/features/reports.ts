import type { ChatFunction } from '../constructs/chat-function.ts';
import type { ChatSystem } from './chat-system.ts';

/** A run that fails comes back in five minutes. */
const overdueSeconds = 3_600;

/** Told while there is time left to decide. */
const mostOfIt = 0.9;

/**
 * What people report, and what the operator's moderators decide. Where nobody reports anything the action is there to say so, and
 * may touch nothing.
 */
export function addReports(system: ChatSystem): void {
  const { reports, reportObjects, messages, mediaObjects, conversations, personal, privacy } = system.data;
  const report = system.addAction('report', { settings: ['reportSeconds'] });
  if (reports === undefined || reportObjects === undefined) return;

  system.tell(report, 'messageRetentionSeconds');
  conversations.grant(report, 'GetItem');
  system.grantWatching(report);
  messages?.grant(report, 'Query');
  privacy.grantRetention(report, 'messages');
  reports.grant(report, 'BatchGetItem', 'PutItem', 'UpdateItem', 'ConditionCheckItem');
  personal.grant(report, 'Query', 'PutItem');

  const list = system.addCommand('admin-report-list', ['reportSeconds']);
  reports.grantIndexQuery(list, 'byState');
  const show = system.addCommand('admin-report-show', ['reportSeconds']);
  reports.grant(show, 'GetItem', 'Query');
  reportObjects.grant(show, '*', 'GetObject');
  const decide = system.addCommand('admin-report-decide', ['reportSeconds']);
  grantEnding(system, decide);

  const sweep = system.addScheduled('sweep-reports', 5, { settings: ['reportSeconds'], timeoutSeconds: 60 });
  grantEnding(system, sweep);
  reports.grantIndexQuery(sweep, 'byState');
  for (const fn of [report, sweep]) {
    system.data.media?.grant(fn, 'GetItem');
    mediaObjects?.grant(fn, 'media/*', 'GetObject');
    // Without it S3 says "forbidden" of what is not there.
    mediaObjects?.grantList(fn);
    reportObjects.grant(fn, '*', 'PutObject', 'PutObjectTagging');
  }
  for (const fn of [report, list, show, decide, sweep]) privacy.grantRetention(fn, 'reports');

  system.addAlarm('OverdueReports', {
    metric: system.metric({ name: 'OldestOverdueReportAge', statistic: 'Maximum', periodMinutes: 15 }),
    above: overdueSeconds,
    section: 'reports',
    says: 'A report is over and its copy is still there, or nothing says whether one is',
    silenceIsTrouble: true,
  });
  system.addAlarm('OpenReports', {
    metric: system.metric({ name: 'OldestOpenReportAge', statistic: 'Maximum', periodMinutes: 60 }),
    above: system.configuration.reports.keepSeconds * mostOfIt,
    section: 'reports',
    says: 'A report has waited for a moderator for nine tenths of its time',
  });
}

/** To delete what is over, to ask for the holds on it, and to have a message erased. */
function grantEnding({ data }: ChatSystem, fn: ChatFunction): void {
  data.reports?.grant(fn, 'GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem');
  data.reportObjects?.grant(fn, '*', 'DeleteObject', 'DeleteObjectTagging');
  data.reportObjects?.grantList(fn);
  data.personal.grant(fn, 'DeleteItem');
  data.messages?.grant(fn, 'Query');
  data.privacy.grant(fn, 'GetItem', 'PutItem');
  data.privacy.grantAskingForHolds(fn);
  data.erasures.grantSend(fn);
}
