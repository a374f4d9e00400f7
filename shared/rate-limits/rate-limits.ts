import type { Limits } from '../configuration/limits.ts';
import type { LimitName } from './action-limits.ts';
import type { RateLimit } from './rate-limiter.ts';

const minute = 60;

/** The operator's limits as token buckets. */
export function rateLimits(limits: Limits): Readonly<Record<LimitName, RateLimit>> {
  return {
    messages: frequent('messages', limits.messagesBurst, limits.messagesPerSecond),
    reactions: frequent('reactions', limits.reactionsBurst, limits.reactionsPerSecond),
    signals: frequent('signals', limits.signalsBurst, limits.signalsPerSecond),
    uploadBytes: exact('uploadBytes', limits.uploadBytesBurst, limits.uploadBytesPerSecond),
    openMembers: exact('openMembers', limits.openMembersBurst, limits.openMembersPerSecond),
    membersAdded: exact('membersAdded', limits.membersAddedBurst, limits.membersAddedPerSecond),
    watches: exact('watches', limits.watchesBurst, limits.watchesPerSecond),
    reads: frequent('reads', limits.readsBurst, limits.readsPerSecond),
    searches: frequent('searches', limits.searchesBurst, limits.searchesPerSecond),
    profileReads: frequent('profileReads', limits.profileReadsBurst, limits.profileReadsPerSecond),
    erasures: exact('erasures', limits.erasuresBurst, limits.erasuresPerMinute / minute),
    exports: exact('exports', limits.exportsBurst, limits.exportsPerMinute / minute),
    consents: exact('consents', limits.consentsBurst, limits.consentsPerMinute / minute),
    blocks: exact('blocks', limits.blocksBurst, limits.blocksPerMinute / minute),
    reports: exact('reports', limits.reportsBurst, limits.reportsPerMinute / minute),
    failedFrames: frequent('failedFrames', limits.failedFramesBurst, limits.failedFramesPerSecond),
  };
}

function frequent(name: LimitName, burst: number, perSecond: number): RateLimit {
  return { name, burst, perSecond, frequent: true };
}

function exact(name: LimitName, burst: number, perSecond: number): RateLimit {
  return { name, burst, perSecond, frequent: false };
}
