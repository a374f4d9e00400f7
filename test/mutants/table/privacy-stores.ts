import { type Mutant, mutantsOf } from '../mutant.ts';

const stores = 'shared/stores';
const tests = 'test/shared/stores';

export const privacyStores: readonly Mutant[] = [
  ...mutantsOf(
    `${stores}/privacy/erasure-store.ts`,
    [`${tests}/privacy/erasure-store.test.ts`],
    [
      ['a request that went on is written over', ", Item, ...ifUnchanged(before, 'requestId') }", ', Item }'],
      [
        'who has read a request that is over goes on with the next',
        "ifUnchanged(before, 'requestId')",
        'ifUnchanged(before)',
      ],
      [
        'a request that went on is closed',
        "Key: erasureKey(request), ...ifUnchanged(request, 'requestId') }",
        'Key: erasureKey(request) }',
      ],
      ['everybody’s are listed', 'const atPrefix = erasurePrefix(userId)', "const atPrefix = ''"],
      ['each run begins anew', 'after !== undefined && { after }', 'false'],
    ],
  ),
  ...mutantsOf(
    `${stores}/privacy/late-look-store.ts`,
    [`${tests}/privacy/late-look-store.test.ts`],
    [
      ['a look that went on is written over', "...ifUnchanged(before, 'noteId'),", ''],
      [
        'who has read a look that is over removes the next',
        "ifUnchanged(look, 'noteId')",
        'ifUnchanged(look)',
      ],
      [
        'a look that went on is removed',
        "Key: lateLookKey(look.id), ...ifUnchanged(look, 'noteId') }",
        'Key: lateLookKey(look.id) }',
      ],
    ],
  ),
  ...mutantsOf(
    `${stores}/privacy/lap.ts`,
    ['test/shared/holds/hold-walk-age.test.ts', 'test/shared/erasure/request.test.ts'],
    [
      ['a run that has to end forgets its place', 'await laps?.save(', 'if (false) await laps?.save('],
      ['a lap never begins anew', 'if (left !== undefined) await laps?.end(name);', ''],
    ],
  ),
  ...mutantsOf(
    'shared/erasure/met-holds.ts',
    ['test/shared/erasure/request.test.ts'],
    [
      ['what waits for the hold of a conversation does not wait', ': heldConversations;', ': [];'],
      ['the holds that a pass has met are not noted', 'met.add(id)', 'met.has(id)'],
    ],
  ),
  ...mutantsOf(
    'shared/erasure/is-target-on-hold.ts',
    ['test/shared/erasure/request.test.ts'],
    [
      ['an answer waits for thousands of keys', 'page < mostPages', 'page >= 0'],
      [
        'only the first page of an account is looked at',
        'if (next === undefined) return false;',
        'return false;',
      ],
    ],
  ),
  ...mutantsOf(
    'shared/erasure/recheck.ts',
    ['test/shared/erasure/recheck.test.ts'],
    [
      [
        'the late look is in the queue alone',
        'await looks.save({ ...recheck, id, noteId: randomId(), dueAt, revision: 1 }, undefined);',
        '',
      ],
      ['what the late look deletes is told by nobody', 'await noteDeleted(deps, look, deleted);', ''],
      [
        'the last message of a page is looked at again',
        '(place.reached ?? 0) + 1 : begin',
        '(place.reached ?? 0) : begin',
      ],
      [
        'what began before and was written after stays',
        'writtenBy: meantUntil({ writtenBy }, returned, now)',
        'writtenBy',
      ],
      [
        'who has come back loses what is new',
        'writtenBy: meantUntil({ writtenBy }, returned, now)',
        'writtenBy: now',
      ],
      ['what is under hold is erased', '!isOnHold(holds, look.userId, id)', 'id.length > 0'],
      [
        'a look takes the memberships from a pass that is at work',
        'if (open !== undefined && open.awaitsRelease !== true)',
        'if (open !== undefined && open.awaitsRelease !== open.awaitsRelease)',
      ],
    ],
  ),
  ...mutantsOf(
    'shared/erasure/erase-sends.ts',
    ['test/shared/erasure/erase-sends.test.ts'],
    [['a repeat under way stores once more what is held', 'keys.filter((key) => !stays(key))', 'keys']],
  ),
  ...mutantsOf(
    'shared/erasure/returned-at.ts',
    ['test/shared/erasure/returned-at.test.ts'],
    [
      [
        'who has come back and withdrawn loses the memberships that lead to what was written since',
        "decision === 'granted' && decidedAt > writtenBy",
        "decision === 'granted' && decidedAt < writtenBy",
      ],
      ['what was under way when they came back stays', 'returned - 1', 'writtenBy'],
    ],
  ),
  ...mutantsOf(
    'shared/erasure/erase-written.ts',
    ['test/shared/erasure/erase-written.test.ts'],
    [
      ['objects that are left are not found', 'filter((count) => count > 0)', 'filter((count) => count < 0)'],
      ['only the first objects are looked for', 'from < keys.length', 'from < atOnce'],
    ],
  ),
  ...mutantsOf(
    'shared/erasure/erase-uploads.ts',
    ['test/shared/erasure/erase-uploads.test.ts'],
    [
      ['the bytes of an upload stay', 'await objects.truncateUpload(record);', ''],
      ['what was made of an upload stays', 'await objects.remove(record);', ''],
      [
        'a send under way is not waited for',
        'if (isUnderWay && isLate !== true)',
        'if (isUnderWay && isLate === true)',
      ],
      ['what a message holds is taken from it', ' || (await findHolder(deps, record)) !== undefined', ''],
    ],
  ),
  ...mutantsOf(
    'shared/media/finalize-upload.ts',
    ['test/shared/erasure/erase-uploads.test.ts'],
    [['a slow look leaves its objects behind an erasure', 'await deps.objects.remove(record);', '']],
  ),
  ...mutantsOf(
    'shared/messages/push-message.ts',
    ['test/shared/messages/send-message.model.test.ts'],
    [['a repeat shows what has ended', 'hasEnded ? [] : connections', 'connections']],
  ),
  ...mutantsOf(
    'shared/erasure/erase-memberships.ts',
    ['test/shared/erasure/late-titles.test.ts'],
    [['a title that is stamped late stays', '{ userId, writtenBy: whenever }', 'request']],
  ),
  ...mutantsOf(
    'shared/erasure/recheck.ts',
    ['test/shared/erasure/late-titles.test.ts'],
    [
      [
        'a title that comes after the membership has gone stays',
        "look.scope === 'account' ? await forgetTitle",
        "look.scope !== 'account' ? await forgetTitle",
      ],
      [
        'a title of who has come back goes',
        '? meantUntil(look, await returnedAt(look), now())',
        '? meantUntil(look, (await returnedAt(look)) && undefined, now())',
      ],
      [
        'a message that says that it was sent after the end of the consent stays',
        '? meantUntil(look, await returnedAt(look), now())',
        '? look.writtenBy',
      ],
    ],
  ),
  ...mutantsOf(
    'shared/erasure/erase-memberships.ts',
    ['test/shared/erasure/erasure-crashes.test.ts'],
    [
      [
        'a hold that is lifted in the midst of an erasure leaves messages that nobody finds',
        ' || isHeldIn(heldIn, id)',
        ' || (isHeldIn(heldIn, id) && isOnHold(holds, userId, id))',
      ],
    ],
  ),
  ...mutantsOf(
    'shared/erasure/forget-repeats.ts',
    ['test/shared/erasure/recheck.test.ts'],
    [
      ['a repeat under way leaves its mark', 'if (marks.length > 0) await', 'if (marks.length < 0) await'],
      ['who has come back loses a mark of now', '&& mark.at <= writtenBy', ''],
    ],
  ),
  ...mutantsOf(
    `${stores}/privacy/export-file-store.ts`,
    [`${tests}/privacy/export-file-store.test.ts`],
    [
      [
        'an upload is aborted once only',
        'if (!(error instanceof NoSuchUpload)) throw error;',
        'throw error;',
      ],
      [
        'a file is never removed',
        'new DeleteObjectCommand({ Bucket: bucket, Key: key })',
        'new DeleteObjectCommand({ Bucket: bucket, Key: `${key}-` })',
      ],
      ['all parts are the first', 'PartNumber: number, Body', 'PartNumber: 1, Body'],
    ],
  ),
  ...mutantsOf(
    `${stores}/privacy/export-store.ts`,
    [`${tests}/privacy/export-store.test.ts`],
    [
      [
        'two write one export',
        "seen === undefined ? 'attribute_not_exists(uploadId)'",
        "seen === undefined ? 'parts = :parts'",
      ],
      [
        'another’s upload goes on',
        "condition: 'uploadId = :uploadId',",
        "condition: 'uploadId = :uploadId OR uploadId <> :uploadId',",
      ],
      [
        'who requested it is stored under a new name',
        '...request, askedBy, expiresAt: recordEnd',
        '...request, requestedBy: askedBy, expiresAt: recordEnd',
      ],
    ],
  ),
  ...mutantsOf(
    `${stores}/privacy/hold-store.ts`,
    [`${tests}/privacy/hold-store.test.ts`],
    [
      ['of two both change a hold', ", Item, ...ifUnchanged(before, 'since') }", ', Item }'],
      [
        'who has read a hold that is over goes on with the next',
        "ifUnchanged(before, 'since')",
        'ifUnchanged(before)',
      ],
      ['a held conversation is not asked for', '...[...new Set(conversations)]', '...[...new Set<string>()]'],
      ['to ask for one reads all', 'const Keys = [', 'await store.all();\n      const Keys = ['],
      ['the revision stays', '(before?.revision ?? 0) + 1', '(before?.revision ?? 1) + 0'],
      [
        'the backfill is stored under a new name',
        'walk: { round: pass, ...place }',
        'backfill: { round: pass, ...place }',
      ],
    ],
  ),
  ...mutantsOf(
    `${stores}/privacy/privacy-record-store.ts`,
    [`${tests}/privacy/privacy-record-store.test.ts`],
    [
      [
        'everybody’s erasures are told',
        'list(privacyPartitions.erasures, erasurePrefix(userId))',
        'list(privacyPartitions.erasures)',
      ],
      [
        'the keys are told',
        '{ record: _record, at: _at, heldIn: _in, heldConversations: _held, ...rest }: Item): Item',
        '{ ...rest }: Item): Item',
      ],
    ],
  ),
  ...mutantsOf(
    `${stores}/privacy/purge-run-store.ts`,
    [`${tests}/privacy/purge-run-store.test.ts`],
    [
      [
        'two runs at a time',
        "'attribute_not_exists(#at) OR #until <= :now'",
        "'attribute_not_exists(#at) OR #until <> :now'",
      ],
      [
        'another’s lease is given back',
        "ConditionExpression: '#until = :until',",
        "ConditionExpression: '#until = :until OR #until <> :until',",
      ],
      ['the oldest come first', 'ScanIndexForward: false', 'ScanIndexForward: true'],
      [
        'sweepers have one lap between them',
        'const lapKey = purgeLapKey(sweeper);',
        'const lapKey = purgeLapKey(onlySweeper);',
      ],
      ['runs of earlier releases have no sweeper', '({ ...onlySweeper, ...run })', '({ ...run })'],
    ],
  ),
  ...mutantsOf(
    `${stores}/privacy/receipt-store.ts`,
    [`${tests}/privacy/receipt-store.test.ts`],
    [
      ['the end of its keeping is told', 'expiresAt: _expiresAt, ', ''],
      [
        'a second look in place of another counts alone',
        ' ADD ${stores.map((_, index) => `#s${index} :n${index}`)',
        ', ${stores.map((_, index) => `#s${index} = :n${index}`)',
      ],
      ['every receipt is of one request', 'receiptKey(userId, receipt.requestId)', "receiptKey(userId, '')"],
    ],
  ),
  ...mutantsOf(
    `${stores}/connections/connection-store.ts`,
    [`${tests}/connections/connection-store.test.ts`, `${tests}/connections/connection-expiry-store.test.ts`],
    [
      ['who is connected is forgotten', 'attribute_not_exists(connections) AND ', ''],
      [
        'the clock is not told to look earlier',
        "ConditionExpression: 'nextExpiry > :when',",
        "ConditionExpression: 'nextExpiry < :when',",
      ],
    ],
  ),
  ...mutantsOf(
    `${stores}/connections/add-update.ts`,
    [`${tests}/connections/connection-store.test.ts`, `${tests}/connections/connection-expiry-store.test.ts`],
    [
      [
        'the earliest end is not noted',
        "'attribute_not_exists(nextExpiry) OR nextExpiry <= :expiry'",
        "'attribute_not_exists(nextExpiry) OR nextExpiry <> :expiry'",
      ],
      ['a later end takes the place of the earliest', 'if_not_exists(nextExpiry, :expiry)', ':expiry'],
    ],
  ),
  ...mutantsOf(
    `${stores}/connections/expiry-shard.ts`,
    [`${tests}/connections/connection-expiry-store.test.ts`],
    [
      ['the sockets of earlier releases stay open', '  ofAll,\n', ''],
      ['all sockets are in one partition', 'shardOf(sum % shards)', 'shardOf(sum % 1)'],
    ],
  ),
  ...mutantsOf(
    `${stores}/connections/connection-expiry-store.ts`,
    [`${tests}/connections/connection-expiry-store.test.ts`],
    [
      [
        'two runs have one user',
        "ConditionExpression: 'nextExpiry = :seen',",
        "ConditionExpression: 'nextExpiry = :seen OR nextExpiry <> :seen',",
      ],
      [
        'a user stays due for ever',
        "isEmpty ? 'REMOVE nextExpiry, untold'",
        "isEmpty ? 'SET nextExpiry = :leased REMOVE untold'",
      ],
      [
        'who came meanwhile is forgotten',
        "'attribute_not_exists(connections)'",
        "'attribute_exists(userId)'",
      ],
      ['an earlier end that came meanwhile is forgotten', "'connections = :live'", "'connections <> :none'"],
    ],
  ),
  ...mutantsOf(
    `${stores}/connections/mute-update.ts`,
    [`${tests}/connections/connection-expiry-store.test.ts`, `${tests}/consents/withdrawal-store.test.ts`],
    [
      [
        'sockets that were opened meanwhile are lost',
        "'connections = :live',",
        "'attribute_exists(userId)',",
      ],
      ['the clock does not look at them', 'SET nextExpiry = :now', 'SET mutedAt = :now'],
      ['they are pushed to', 'REMOVE connections ADD', 'REMOVE opened ADD'],
    ],
  ),
  ...mutantsOf(
    `${stores}/consents/withdrawal-store.ts`,
    [`${tests}/consents/withdrawal-store.test.ts`],
    [
      ['a line is written over', "          ConditionExpression: 'attribute_not_exists(userId)',\n", ''],
      [
        'sockets that were opened meanwhile stay open',
        "ConditionExpression: 'attribute_not_exists(connections)',",
        "ConditionExpression: 'attribute_not_exists(connection)',",
      ],
    ],
  ),
  ...mutantsOf(
    `${stores}/consents/consent-store.ts`,
    [`${tests}/consents/consent-store.test.ts`],
    [
      [
        'a line is written over',
        "TableName, Item, ConditionExpression: 'attribute_not_exists(userId)' }",
        'TableName, Item }',
      ],
      ['a later erasure prolongs a line', 'if_not_exists(expiresAt, :expiresAt)', ':expiresAt'],
    ],
  ),
  ...mutantsOf(
    `${stores}/profiles/profile-store.ts`,
    [`${tests}/profiles/profile-store.test.ts`],
    [
      ['a newer profile is removed', '...ifStill(profile) }', '}'],
      ['of two devices none gives way', 'Item, ...ifStill(before) }', 'Item }'],
      ['held, it has a time to live', 'rows.toItem(profile, held)', 'rows.toItem(profile, false)'],
    ],
  ),
  ...mutantsOf(
    `${stores}/media/media-store.ts`,
    [`${tests}/media/media-store.test.ts`],
    [
      [
        'two sends claim one upload',
        '(attribute_not_exists(sendId) OR sendId = :id)',
        'attribute_exists(mediaId)',
      ],
      ['it is kept without its facts', "condition: 'attribute_exists(media)',", ''],
      [
        'the facts outlive the message',
        "'SET isCancelled = :true REMOVE media'",
        "'SET isCancelled = :true'",
      ],
      ['an erased upload is sent', '`${isNotCancelled} AND (', '`('],
      ['an upload of now is taken with those before', 'createdAt <= :createdBy', 'createdAt >= :createdBy'],
    ],
  ),
  ...mutantsOf(
    `${stores}/media/media-object-store.ts`,
    [`${tests}/media/media-object-store.test.ts`],
    [
      ['an upload is read in part', 'if (found.length < parts.length) return undefined;', ''],
      ['a truncated upload keeps its bytes', 'Body: new Uint8Array()', "Body: 'bytes'"],
      ['a browser may run it', "ContentDisposition: 'attachment',", ''],
    ],
  ),
  ...mutantsOf(
    `${stores}/handovers/handover-store.ts`,
    [`${tests}/handovers/handover-store.test.ts`],
    [
      [
        'it brings other media',
        "'attribute_not_exists(mediaId) OR mediaId = :mediaId'",
        "'attribute_not_exists(mediaId) OR attribute_exists(mediaId)'",
      ],
      ['a repeat moves the end', 'if_not_exists(#until, :until)', ':until'],
      [
        'who does not wait ends it',
        "ConditionExpression: 'contains(waiting, :element)',",
        "ConditionExpression: 'contains(waiting, :element) OR attribute_exists(mediaId)',",
      ],
    ],
  ),
  ...mutantsOf(
    `${stores}/queue/job-queue.ts`,
    [`${tests}/queue/job-queue.test.ts`],
    [
      ['every job waits', 'add(job, DelaySeconds = 0, group)', 'add(job, DelaySeconds = 1, group)'],
      [
        'no job says what it is',
        '{ QueueUrl, MessageBody: JSON.stringify(job),',
        '{ QueueUrl, MessageBody: JSON.stringify({}),',
      ],
    ],
  ),
  ...mutantsOf(
    `${stores}/rate-limits/rate-limit-store.ts`,
    [`${tests}/rate-limits/rate-limit-store.test.ts`],
    [
      ['a full bucket holds one more', 'if (fullAt + cost > latest)', 'if (fullAt > latest)'],
      ['an idle bucket is fuller than full', "':next': now + cost", "':next': now"],
    ],
  ),
];
