import type { Granting } from './granting.ts';

/** The last to fetch ends it, or the sweeper. */
export function grantHandover({ fns: { send, download, sweepHandovers }, data }: Granting): void {
  const { media, handovers, handoverObjects, connections, sends } = data;
  if (media === undefined || handovers === undefined || handoverObjects === undefined) return;

  sends.grantGet(send);
  handovers.grantUpdate(send);
  handovers.grantGet(download);
  handovers.grantUpdate(download);
  for (const fn of [download, sweepHandovers]) {
    if (fn === undefined) continue;
    handovers.grantDelete(fn);
    handoverObjects.grantDelete(fn);
    media.grantUpdate(fn);
    media.grantDelete(fn);
  }
  if (sweepHandovers === undefined) return;
  handovers.grantQueryByEnd(sweepHandovers);
  connections.grantBatchGet(sweepHandovers);
  media.grantQueryBySweep(sweepHandovers);
  handoverObjects.grantDeleteIncoming(sweepHandovers);
}
