import { eachOf } from '../runtime/each-of.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import { openUpload, zipKeys } from '../stores/privacy/export-file-keys.ts';
import type { ExportJob, ExportRequest } from '../stores/privacy/export-request.ts';
import type { ExportStore } from '../stores/privacy/export-store.ts';
import type { JobQueue } from '../stores/queue/job-queue.ts';
import type { Clock } from '../time.ts';
import { dropUpload, type RemoveExportDeps, removeExport } from './remove-export.ts';

/** Takes back the zips that may hold what has just been erased in these conversations, whosever they are. */
export type RevokeExports = (conversationIds: readonly string[]) => Promise<void>;

export type RevokeExportsDeps = RemoveExportDeps & {
  readonly exports: Pick<ExportStore, 'read' | 'each' | 'restart' | 'remove'>;
  readonly conversations: Pick<ConversationStore, 'read' | 'listFormerIds'>;
  readonly jobs: JobQueue<ExportJob>;
  readonly now: Clock;
};

/** An erasure goes on to the next conversation meanwhile: an export begins anew once, and not for each of them. */
const quietSeconds = 60;

/**
 * Those that can be fetched are deleted: their address gives nothing any more, and whoever asks again gets a new zip. Those that are
 * being written begin anew. An export that is asked for later reads what is left. Most of the time no export is open, or few are, and
 * one read says so; where there are many, each member is asked for by their key.
 */
export function revokeExports(deps: RevokeExportsDeps): RevokeExports {
  return async (conversationIds) => {
    const open = conversationIds.length === 0 ? [] : await firstOf(deps.exports.each(), few + 1);
    if (open.length === 0) return;
    const read = await Promise.all(conversationIds.map(async (id) => deps.conversations.read(id)));
    // Who has left may have what they could read in theirs.
    const left = await Promise.all(conversationIds.map(async (id) => deps.conversations.listFormerIds(id)));
    const members = new Set([...read.flatMap((each) => [...(each?.members.keys() ?? [])]), ...left.flat()]);
    if (open.length > few) await revokeOf(deps, members);
    else for (const request of open) if (members.has(request.userId)) await revoke(deps, request);
  };
}

/** As many open exports are read whole, at 0.5 to 1 KB each. */
const few = 100;

/** Reads of members at once. */
const atOnce = 25;

async function firstOf<Item>(items: AsyncIterable<Item>, count: number): Promise<readonly Item[]> {
  const found: Item[] = [];
  for await (const item of items) {
    found.push(item);
    if (found.length === count) break;
  }
  return found;
}

async function revokeOf(deps: RevokeExportsDeps, members: ReadonlySet<string>): Promise<void> {
  await eachOf(members, { atOnce, isOver: () => false }, async (userId) => {
    const request = await deps.exports.read(userId);
    if (request !== undefined) await revoke(deps, request);
  });
}

/**
 * The record goes last or is changed last: until then it leads to what a crash has left, and whoever repeats this finds it. Read again
 * as long as a worker gets on with it meanwhile.
 */
async function revoke(deps: RevokeExportsDeps, seen: ExportRequest): Promise<void> {
  const { userId, requestId } = seen;
  let request: ExportRequest | undefined = seen;
  while (request?.requestId === requestId) {
    if (request.state === 'ready') return void (await removeExport(deps, request));
    const upload = openUpload(request);
    // Whoever takes it from here reads what is left.
    if (request.parts === 0 && upload === undefined) return;
    if (upload !== undefined) await dropUpload(deps, upload);
    for (const key of zipKeys(request)) await deps.files.remove(key);
    await deps.jobs.add({ userId, requestId }, quietSeconds);
    if (await deps.exports.restart(request, deps.now())) return;
    request = await deps.exports.read(userId);
  }
}
