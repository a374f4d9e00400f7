import type { ChatFunction } from '../constructs/chat-function.ts';
import type { ChatSystem } from './chat-system.ts';
import { policySettings } from './settings.ts';

/** Links work for minutes: what is there an hour later nobody was promised. */
const overdueSeconds = 3_600;
/** It is given up after three. */
const openSeconds = 86_400;

/** Asked for by the user or the operator, written by the queue, deleted by the clock. */
export function addExport(system: ChatSystem): void {
  const { messages, privacy, exportFiles, exports } = system.data;
  const settings = ['messagesStored', 'messageRetentionSeconds'] as const;

  const request = system.addAction('export', { settings });
  for (const fn of [request, system.addCommand('admin-user-export', settings)]) {
    if (messages !== undefined) privacy.grantRetention(fn, 'messages');
    privacy.grant(fn, 'GetItem', 'PutItem', 'UpdateItem');
    exportFiles.grant(fn, '*', 'GetObject');
    exports.grantSend(fn);
  }

  const write = system.addFunction('write-export', {
    settings: [
      ...policySettings,
      'messagesStored',
      'messageRetentionSeconds',
      'profilesStored',
      'profileRetentionSeconds',
      'limits',
    ],
    timeoutSeconds: exports.timeoutSeconds,
  });
  exports.deliverOneByOne(write);
  grantWriting(system, write);

  const tend = system.addScheduled('tend-exports', 5, { timeoutSeconds: 60 });
  privacy.grant(tend, 'Query', 'UpdateItem', 'DeleteItem');
  privacy.grantLaps(tend);
  exportFiles.grant(tend, '*', 'DeleteObject', 'AbortMultipartUpload');
  exportFiles.grantList(tend);
  exports.grantSend(tend);
  system.addAlarm('OverdueExports', {
    metric: system.metric({ name: 'OldestOverdueExportAge', statistic: 'Maximum', periodMinutes: 15 }),
    above: overdueSeconds,
    section: 'overdue-exports',
    says: 'A zip should have been deleted an hour ago, or nothing says whether one should',
    silenceIsTrouble: true,
  });
  system.addAlarm('OpenExports', {
    metric: system.metric({ name: 'OldestOpenExportAge', statistic: 'Maximum', periodMinutes: 15 }),
    above: openSeconds,
    section: 'overdue-exports',
    says: 'An export has not been written for a day, or nothing says whether one has',
    silenceIsTrouble: true,
  });
}

/** It reads every store of a person's, and pushes that the zip is there. */
function grantWriting(system: ChatSystem, fn: ChatFunction): void {
  const { data, api } = system;
  const { messages, profiles, conversations, connections, personal, rateLimits, consents, sends, privacy } =
    data;
  messages?.grant(fn, 'Query');
  if (messages !== undefined) privacy.grantRetention(fn, 'messages');
  profiles?.grant(fn, 'BatchGetItem');
  if (profiles !== undefined) privacy.grantRetention(fn, 'profiles');
  conversations.grant(fn, 'Query');
  conversations.grantFindingByMember(fn);
  connections.grant(fn, 'GetItem', 'UpdateItem');
  system.grantLive(fn);
  personal.grant(fn, 'Query');
  rateLimits.grant(fn, 'Query');
  consents.grant(fn, 'Query');
  sends.grant(fn, 'Query');
  privacy.grant(fn, 'GetItem', 'Query', 'UpdateItem', 'DeleteItem');
  // Where the media of a forward lies.
  if (data.messages !== undefined) data.media?.grant(fn, 'GetItem');
  data.mediaObjects?.grant(fn, 'media/*', 'GetObject');
  data.mediaObjects?.grantList(fn);
  data.exportFiles.grant(fn, '*', 'PutObject', 'GetObject', 'DeleteObject', 'AbortMultipartUpload');
  data.exportFiles.grantList(fn);
  api.grantManageConnections(fn);
}
