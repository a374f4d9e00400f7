import type { ChatFunction } from '../constructs/chat-function.ts';
import type { ChatSystem } from './chat-system.ts';

/**
 * Upload, processing and download, whether media is stored or handed over. Where there is no media the two actions are
 * there to say so, and may touch nothing. Answers the function that `send` waits for.
 */
export function addMedia(system: ChatSystem): ChatFunction | undefined {
  const { conversations, media, mediaObjects, handoverObjects } = system.data;
  const upload = system.addAction('upload', { settings: ['messagesStored', 'handoverSeconds'] });
  const download = system.addAction('download', {
    settings: ['messagesStored', 'messageRetentionSeconds', 'handoverSeconds'],
  });
  const objects = mediaObjects ?? handoverObjects;
  if (media === undefined || objects === undefined) return undefined;

  conversations.grant(upload, 'GetItem');
  for (const fn of [upload, download]) system.grantWatching(fn);
  media.grant(upload, 'PutItem');
  objects.grant(upload, 'incoming/*', 'PutObject');

  conversations.grant(download, 'GetItem');
  objects.grant(download, 'media/*', 'GetObject');

  const processMedia = system.addFunction('process-media', {
    settings: ['messagesStored'],
    // What `admissionMarginSeconds` allows for.
    timeoutSeconds: 60,
    // The media is in memory, decoded too.
    memoryMegabytes: 2_048,
  });
  media.grant(processMedia, 'GetItem', 'UpdateItem');
  objects.grant(processMedia, 'incoming/*', 'GetObject', 'PutObject');
  objects.grant(processMedia, 'media/*', 'PutObject', 'DeleteObject');
  objects.grantList(processMedia);

  addStoredMedia(system, download);
  addHandover(system, download);
  return processMedia;
}

/** Beside the quarter of an hour after which each is looked at: many times the period of who looks. */
const overdueSeconds = 3_600;

/** Media on its message's clock. What was uploaded and never sent is swept. */
function addStoredMedia(system: ChatSystem, download: ChatFunction): void {
  const { messages, media, mediaObjects, privacy } = system.data;
  if (messages === undefined) return;
  messages.grant(download, 'Query');
  // Where the media of a forward lies.
  media?.grant(download, 'GetItem');
  privacy.grantRetention(download, 'messages');

  const sweep = system.addScheduled('sweep-uploads', 5, {
    settings: ['purgeBoundSeconds'],
    timeoutSeconds: 60,
  });
  messages.grant(sweep, 'Query');
  media?.grantIndexQuery(sweep, 'bySweep');
  media?.grant(sweep, 'GetItem', 'UpdateItem', 'DeleteItem');
  mediaObjects?.grant(sweep, 'incoming/*', 'DeleteObject');
  mediaObjects?.grant(sweep, 'media/*', 'DeleteObject', 'PutObjectTagging', 'DeleteObjectTagging');
  mediaObjects?.grantList(sweep);
  privacy.grantAskingForHolds(sweep);
  system.addAlarm('OverdueUploads', {
    metric: system.metric({ name: 'OldestOverdueUploadAge', statistic: 'Maximum', periodMinutes: 15 }),
    above: overdueSeconds,
    section: 'overdue-uploads',
    says: 'An upload has been waiting for an hour to be looked at, or nothing says whether one is',
    silenceIsTrouble: true,
  });
}

/** Where messages are not stored: the last to fetch ends it, or the sweeper. */
function addHandover(system: ChatSystem, download: ChatFunction): void {
  const { media, handovers, handoverObjects, connections } = system.data;
  if (handovers === undefined) return;
  handovers.grant(download, 'GetItem', 'UpdateItem');

  const sweep = system.addScheduled('sweep-handovers', 1, { timeoutSeconds: 60 });
  system.addSilenceAlarm(sweep);
  handovers.grantIndexQuery(sweep, 'byEnd');
  connections.grant(sweep, 'BatchGetItem');
  media?.grantIndexQuery(sweep, 'bySweep');
  handoverObjects?.grant(sweep, 'incoming/*', 'DeleteObject');
  for (const fn of [download, sweep]) {
    handovers.grant(fn, 'DeleteItem');
    handoverObjects?.grant(fn, 'media/*', 'DeleteObject');
    media?.grant(fn, 'UpdateItem', 'DeleteItem');
  }
}
