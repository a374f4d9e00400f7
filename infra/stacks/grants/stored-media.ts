import type { Granting } from './granting.ts';

/** Media on its message's clock: it ends by the sweepers and by erasure, stays under a hold, and is in the export. */
export function grantStoredMedia({ fns, data }: Granting): void {
  const { messages, media, mediaObjects } = data;
  const { download, sweepUploads, purge, applyHolds, writeExport, erasure } = fns;
  if (messages === undefined || media === undefined || mediaObjects === undefined) return;

  messages.grantQuery(download);
  if (sweepUploads !== undefined) {
    messages.grantQuery(sweepUploads);
    media.grantQueryBySweep(sweepUploads);
    media.grantUpdate(sweepUploads);
    media.grantDelete(sweepUploads);
    mediaObjects.grantDeleteIncoming(sweepUploads);
    mediaObjects.grantDelete(sweepUploads);
    mediaObjects.grantTag(sweepUploads);
    mediaObjects.grantList(sweepUploads);
    data.privacy.grantQuery(sweepUploads);
  }
  for (const fn of [purge, erasure.carryOutErasures]) {
    if (fn === undefined) continue;
    media.grantUpdate(fn);
    media.grantDelete(fn);
    mediaObjects.grantDelete(fn);
  }
  mediaObjects.grantTag(applyHolds);
  mediaObjects.grantList(applyHolds);
  mediaObjects.grantGet(writeExport);
  mediaObjects.grantList(writeExport);
}
