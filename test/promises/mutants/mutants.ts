import type { SourcePatch } from '../system/source-patch.ts';

/** A fault of issue 12, or one like it, and the violation that gives it away: with this its name begins. */
export type PromiseMutant = SourcePatch & {
  readonly name: string;
  readonly kind: string;
  /** What else keeps the promise, and has to be missing too. */
  readonly also?: readonly SourcePatch[];
};

const deletion = 'shared/stores/messages/message-deletion-store.ts';
const purge = 'shared/retention/purge-conversation.ts';
const written = 'shared/erasure/erase-written.ts';

export const promiseMutants: readonly PromiseMutant[] = [
  {
    name: 'what a shorter retention has ended is shown again',
    file: 'shared/stores/expiry/expiry.ts',
    find: 'Math.min(message.expiresAt, retentionEnd(message.sentAt, retention))',
    replace: 'message.expiresAt',
    kind: 'shown by history after its end',
  },
  {
    name: 'history shows what has ended for some seconds more',
    file: 'shared/stores/expiry/expiry.ts',
    find: 'retention.now < effectiveExpiry(message, retention) * 1000',
    replace: 'retention.now < effectiveExpiry(message, retention) * 1000 + 20_000',
    kind: 'shown by history after its end',
  },
  {
    name: 'an address of media outlives its message',
    file: 'shared/media/give-download.ts',
    find: 'Math.min(media.end, from + longestSeconds)',
    replace: '(from + longestSeconds)',
    kind: 'download of what has ended',
  },
  {
    name: 'an export holds what ends while it can be fetched',
    file: 'shared/export/write-export.ts',
    find: 'exporters: deps.exporters, until,',
    replace: 'exporters: deps.exporters, until: now,',
    also: [
      {
        file: 'shared/export/export-link.ts',
        find: 'epochSeconds(readableUntil), end)',
        replace: 'epochSeconds(readableUntil))',
      },
    ],
    kind: 'export shows what has ended',
  },
  {
    name: "an erasure leaves the zips of the conversation's other members",
    file: 'shared/export/revoke-exports.ts',
    find: 'if (members.has(request.userId)) await revoke(deps, request);',
    replace: 'if (members.has(request.userId) && open.length < 0) await revoke(deps, request);',
    kind: 'export shows what was erased',
  },
  {
    name: 'the sweeper leaves the media of what it deletes',
    file: deletion,
    find: 'if (mediaId !== undefined) await removeMedia',
    replace: 'if (mediaId === conversationId) await removeMedia',
    kind: 'left beyond the bound: media in objects media',
  },
  {
    name: 'the sweeper forgets what it was told not to take',
    file: purge,
    find: '&& isExpired(each) && !isHeld(each)',
    replace: '&& isExpired(each) && (each.from !== undefined || !isHeld(each))',
    kind: 'held message lost, by purge',
  },
  {
    name: 'the sweeper deletes numbers that the head does not know',
    file: purge,
    find: 'each.seq <= mayGoTo &&',
    replace: 'each.seq <= mayGoTo + Number.MAX_SAFE_INTEGER &&',
    kind: 'a number given out twice, once deleted by purge',
  },
  {
    name: 'the sweeper looks a minute ahead',
    file: 'shared/stores/expiry/purge-times.ts',
    find: 'export const graceSeconds = 60;',
    replace: 'export const graceSeconds = -60;',
    kind: 'message lost before its end, by purge',
  },
  {
    name: 'nobody tells the sweeper of what is sent',
    file: 'shared/messages/schedule-expiry.ts',
    find: 'const needed = dueExpiry(head, firstOf(build, head));',
    replace: 'const needed = build.length < 0 ? dueExpiry(head, firstOf(build, head)) : undefined;',
    kind: 'left beyond the bound: message',
  },
  {
    name: 'after a release nobody looks at what was held',
    file: 'shared/holds/backfill-batch.ts',
    find: "else if (state === 'releasing')",
    replace: "else if (state !== 'releasing' && state !== 'held')",
    kind: 'left beyond the bound: message',
  },
  {
    name: 'a release is carried out halfway',
    file: 'shared/holds/apply-hold.ts',
    find: 'if (saved) await deps.work.add(hold.target, secondPassSeconds);',
    replace: '',
    also: [
      {
        file: 'shared/holds/tend-holds.ts',
        find: 'if (backfill.notBefore <= epochSeconds(now())) await work.add(target);',
        replace: 'if (backfill.notBefore > epochSeconds(now())) await work.add(target);',
      },
    ],
    kind: 'a release that does not end',
  },
  {
    name: 'an erasure takes what is held',
    file: written,
    find: 'if (isOnHold(holds, userId, conversationId)) {',
    replace: "if (isOnHold(holds, userId, conversationId) && userId === '') {",
    kind: 'held message lost, by carry-out-erasures',
  },
  {
    name: 'an erasure leaves the media',
    file: written,
    find: 'mediaId === undefined ? undefined : await deps.removeMedia',
    replace: 'mediaId !== conversationId ? undefined : await deps.removeMedia',
    kind: 'left after a receipt of message: media in objects media',
  },
  {
    name: 'an erasure deletes the row, and with it the number',
    file: 'shared/stores/messages/message-store.ts',
    find: `new PutCommand({
        TableName: tableName,
        Item: withLaterTimeToLive({ conversationId, seq, sentAt, expiresAt, erasedAt: at }, marginSeconds),`,
    replace: 'new DeleteCommand({ TableName: tableName, Key: { conversationId, seq },',
    also: [
      {
        file: 'shared/stores/messages/message-store.ts',
        find: 'import { type Database, PutCommand,',
        replace: 'import { DeleteCommand, type Database, PutCommand,',
      },
    ],
    kind: 'a number given out twice',
  },
  {
    name: 'an erasure whose queue message was lost is never gone on with',
    file: 'shared/erasure/resume-erasures.ts',
    find: 'if (awaitsRelease || updatedAt + patienceMillis <= now) await deps.queue.add({ userId, target });',
    replace: 'if (updatedAt > now + patienceMillis) await deps.queue.add({ userId, target });',
    kind: 'an erasure that does not end',
  },
  {
    name: 'a title stays while others are members',
    file: 'shared/erasure/erase-titles.ts',
    find: 'const isMeant = ({ by, updatedAt }: Title) => by === userId && updatedAt <= writtenBy;',
    replace: "const isMeant = ({ by, updatedAt }: Title) => by === '' && updatedAt <= writtenBy;",
    kind: 'left after a receipt of account: title',
  },
  {
    name: 'nobody sweeps profiles and titles',
    file: 'shared/retention/sweep-profiles.ts',
    find: 'rows.filter((row) => !isHeld(row, holds))',
    replace: 'rows.filter((row) => !isHeld(row, holds) && row.expiresAt === 0)',
    kind: 'left beyond the bound: ',
  },
  {
    name: 'a title is shown after its end',
    file: 'shared/conversations/titles-for.ts',
    find: 'found.filter((title) => isProfileReadable(title, retention))',
    replace: 'found.filter((title) => title.updatedAt <= retention.now)',
    kind: 'title shown after its end',
  },
  {
    name: 'a message is put over another one',
    file: 'shared/stores/messages/message-store.ts',
    find: "TableName: tableName, Item, ...ifAbsent('conversationId') });",
    replace: "TableName: tableName, Item, ...(held && ifAbsent('conversationId')) });",
    kind: 'one message written over another',
  },
  {
    name: 'a repeated send is taken for a first one',
    file: 'shared/messages/send-message.ts',
    find: 'if (earlier !== undefined) return repeatSend',
    replace: 'if (earlier === claim) return repeatSend',
    kind: 'one send written twice',
  },
  {
    name: 'a withdrawal leaves the sockets open',
    file: 'shared/connections/end-connections.ts',
    find: 'await gateway.close(connection.connectionId);',
    replace: "if (reason !== 'CONSENT_WITHDRAWN') await gateway.close(connection.connectionId);",
    kind: 'a socket left open after a withdrawal',
  },
];
