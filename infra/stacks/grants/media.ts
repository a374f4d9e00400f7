import type { Granting } from './granting.ts';

/** Upload, processing and download, whether media is stored or handed over. */
export function grantMedia({ fns, data }: Granting): void {
  const { media, conversations } = data;
  const { send, upload, download, processMedia } = fns;
  const objects = data.mediaObjects ?? data.handoverObjects;
  if (media === undefined || objects === undefined) return;

  conversations.grantQuery(upload);
  media.grantPut(upload);
  objects.grantPutIncoming(upload);

  conversations.grantQuery(download);
  objects.grantGet(download);

  if (processMedia === undefined) return;
  processMedia.grantInvoke(send, 'processMediaFunction');
  media.grantGet(processMedia);
  media.grantUpdate(processMedia);
  objects.grantGetIncoming(processMedia);
  objects.grantList(processMedia);
  objects.grantPutIncoming(processMedia);
  objects.grantPut(processMedia);
}
