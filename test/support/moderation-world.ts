import { authorizeErasure } from '../../shared/erasure/authorize-erasure.ts';
import { type CarryOutErasureDeps, carryOutErasure } from '../../shared/erasure/carry-out-erasure.ts';
import { eraseMessages } from '../../shared/erasure/erase-messages.ts';
import { requestErasure } from '../../shared/erasure/request-erasure.ts';
import { resumeErasures } from '../../shared/erasure/resume-erasures.ts';
import { storesOf } from '../../shared/protocol/personal-stores.ts';
import { moderationStore } from '../../shared/stores/moderation/moderation-store.ts';
import type { ErasureKey, ErasureRequest } from '../../shared/stores/privacy/erasure-request.ts';
import { erasureStore } from '../../shared/stores/privacy/erasure-store.ts';
import { receiptStore } from '../../shared/stores/privacy/receipt-store.ts';
import type { JobQueue } from '../../shared/stores/queue/job-queue.ts';
import { epochMillis } from '../../shared/time.ts';
import { amongHolds } from './hold-world.ts';
import type { MembersWorld } from './members-world.ts';
import { memoryLaps } from './memory-lap-store.ts';
import { noChanges } from './no-changes.ts';
import { nothingInRooms } from './no-live-groups.ts';
import { direct, type Step } from './step.ts';

const none = async () => ({ deleted: 0, found: 0, held: 0 });
/** Long after the clocks of all who act: what the queue has lost is taken up again. */
const muchLater = epochMillis(9_000_000);

/** Who takes away messages in a group, whose media lies in a bucket in memory. */
export function moderationWorld(world: MembersWorld) {
  const { conversationId, databaseOf, parts } = world;
  const holds = { users: new Set<string>(), conversations: new Set<string>() };
  const media = new Set<string>();
  const queue: ErasureKey[] = [];
  const jobs: JobQueue<ErasureKey> = { add: async (job) => void queue.push(job) };
  const queued = (step: Step): JobQueue<ErasureKey> => ({ add: async (job) => step(() => jobs.add(job)) });
  const told: (readonly number[])[] = [];

  const requestsOf = (step: Step) => ({
    ...parts(step),
    conversations: { ...parts(step).conversations, listIds: async () => ({ ids: [conversationId] }) },
    requests: erasureStore(databaseOf(step), 'privacy'),
    holds: { among: async (asked: Parameters<typeof amongHolds>[1]) => step(() => amongHolds(holds, asked)) },
    queue: queued(step),
  });

  function workDeps(step: Step): CarryOutErasureDeps {
    const made = requestsOf(step);
    const nobody = { listByUser: async () => [], remove: async () => undefined };
    return {
      ...made,
      connections: { ...made.connections, ...nobody },
      receipts: receiptStore(databaseOf(step), 'privacy'),
      stores: storesOf({
        messagesStored: true,
        mediaHandedOver: false,
        profilesStored: true,
        reportsKept: false,
        devicesNotified: false,
      }),
      proofSeconds: 1,
      isOver: () => false,
      endConsent: none,
      erasers: {
        messages: eraseMessages({
          ...made,
          sentInRooms: nothingInRooms,
          rechecks: { add: async () => undefined },
          ...noChanges,
          removeMedia: async ({ mediaId }) =>
            step(() => {
              media.delete(mediaId);
              return 'removed';
            }),
          objects: { count: async ({ mediaId }) => step(() => (media.has(mediaId) ? 1 : 0)) },
          tell: async (_id, seqs) => step(() => void told.push(seqs)),
        }),
        ...{ mediaObjects: none, sends: none, profiles: none, exportFiles: none, conversations: none },
        ...{ personal: none, rateLimits: none, live: none, connections: none },
      },
    } as unknown as CarryOutErasureDeps;
  }

  async function work(step: Step): Promise<void> {
    const job = queue.shift();
    if (job !== undefined) await carryOutErasure(workDeps(step), job);
  }

  async function resume(): Promise<void> {
    const deps = { ...requestsOf(direct), ...memoryLaps(), now: () => muchLater, isOver: () => false };
    await resumeErasures(deps);
  }

  return {
    holds,
    media,
    queue,
    told,
    work,
    resume,
    async send(step: Step, userId: string, id: string) {
      const mediaId = `of-${userId}-${id}`;
      media.add(mediaId);
      const facts = { contentType: 'image/png', bytes: 1, variants: [] };
      await world.send(step, userId, id, { type: 'image', mediaId, caption: `by ${userId}`, media: facts });
    },
    async erase(step: Step, userId: string, seq: number) {
      const deps = requestsOf(step);
      const target = { scope: 'message', conversationId, seq } as const;
      const authorize = async () => authorizeErasure({ ...deps, profilesStored: true }, userId, target);
      const moderations = moderationStore(databaseOf(step), {
        privacy: 'privacy',
        conversations: 'conversations',
      });
      const given = { ...deps, randomId: () => `r-${userId}-${seq}-${Math.random()}` };
      return requestErasure(given, userId, target, 'user', { moderations, authorize });
    },
    /** All that the queue and the clock do by themselves, until nothing but holds keeps anything. */
    async settle() {
      for (let round = 0; round < 6; round += 1) {
        while (queue.length > 0) await work(direct);
        await resume();
      }
      while (queue.length > 0) await work(direct);
    },
    open: () =>
      [...world.engine.items('privacy')].filter(
        ({ record }) => record === 'erasures',
      ) as unknown as ErasureRequest[],
    receipts: () =>
      [...world.engine.items('privacy')].filter(({ record }) => String(record).startsWith('receipts#')),
  };
}
