import type { ConnectionStore } from '../stores/connections/connection-store.ts';
import { type AwaitedHandover, encodeRecipient } from '../stores/handovers/handover.ts';
import type { HandoverStore } from '../stores/handovers/handover-store.ts';
import type { MediaObjectStore } from '../stores/media/media-object-store.ts';
import type { MediaStore } from '../stores/media/media-store.ts';
import { type Clock, epochSeconds } from '../time.ts';
import { type EndHandoverDeps, endHandover } from './end-handover.ts';

export type SweepHandoversDeps = EndHandoverDeps & {
  readonly handovers: Pick<HandoverStore, 'list'>;
  readonly connections: Pick<ConnectionStore, 'listByUsers'>;
  readonly media: Pick<MediaStore, 'due' | 'remove'>;
  readonly objects: Pick<MediaObjectStore, 'deleteUpload' | 'remove'>;
  readonly now: Clock;
  readonly isOver: () => boolean;
  readonly onFailure: (error: unknown) => void;
};

export type SweptHandovers = { readonly ended: number; readonly unsent: number; readonly failures: number };

/** Ends what nobody waits for any more or whose time is over, and deletes the uploads that were never sent. */
export async function sweepHandovers(deps: SweepHandoversDeps): Promise<SweptHandovers> {
  const counts = { ended: 0, unsent: 0, failures: 0 };
  const open = new Set<string>();
  for await (const handover of deps.handovers.list()) {
    if (deps.isOver()) return counts;
    const ended = await attempt('ended', async () => {
      if (!(await isHandedOver(deps, handover))) return false;
      await endHandover(deps, handover);
      return true;
    });
    if (!ended) open.add(handover.mediaId);
  }
  for await (const record of deps.media.due(epochSeconds(deps.now()))) {
    if (deps.isOver()) return counts;
    // What was sent late has its own end, and is looked at again.
    if (open.has(record.mediaId)) continue;
    await attempt('unsent', async () => {
      await deps.objects.deleteUpload(record);
      await deps.objects.remove(record);
      await deps.media.remove(record.mediaId);
      return true;
    });
  }
  return counts;

  /** One's trouble is not the others'. */
  async function attempt(kind: 'ended' | 'unsent', work: () => Promise<boolean>): Promise<boolean> {
    try {
      const done = await work();
      if (done) counts[kind] += 1;
      return done;
    } catch (error) {
      counts.failures += 1;
      deps.onFailure(error);
      return false;
    }
  }
}

/** Everybody connected has it: those who still wait have gone. */
async function isHandedOver(
  { connections, now }: SweepHandoversDeps,
  { until, waiting }: AwaitedHandover,
): Promise<boolean> {
  if (until <= epochSeconds(now())) return true;
  const users = [...new Set(waiting.map(({ userId }) => userId))];
  const connected = new Set((await connections.listByUsers(users)).map(encodeRecipient));
  return !waiting.map(encodeRecipient).some((each) => connected.has(each));
}
