import { type Mutant, mutantsOf } from '../mutant.ts';

const stores = 'shared/stores';
const tests = 'test/shared/stores';

export const chatStores: readonly Mutant[] = [
  ...mutantsOf(
    `${stores}/messages/message-store.ts`,
    [`${tests}/messages/message-store.test.ts`],
    [
      ['a number is given twice', "...ifAbsent('conversationId') }", '}'],
      ['what has ended is readable', 'isReadable(header, ruling) && (reader', '(reader'],
      ['the lower bound is inclusive', "':from': after + 1", "':from': after"],
      [
        'somebody else’s message becomes a tombstone',
        "ConditionExpression: '#from = :from',",
        "ConditionExpression: 'attribute_exists(#from) OR :from = :from',",
      ],
    ],
  ),
  ...mutantsOf(
    `${stores}/conversations/read-receipt-store.ts`,
    ['test/shared/messages/tell-authors.test.ts'],
    [
      ['each device has a turn of its own', 'OR ${at} <= :now)`', 'OR :now = :now)`'],
      [
        'one turn is planned twice',
        '(attribute_not_exists(${planned}) OR ${planned} < :turn)',
        'attribute_exists(userId)',
      ],
    ],
  ),
  ...mutantsOf(
    `${stores}/live/live-store.ts`,
    [`${tests}/live/live-store.test.ts`],
    [
      ['a shard is not read', 'placesOf(group).map(', 'placesOf(group).slice(1).map('],
      ['all of somebody’s groups are read', 'ConsistentRead: true, Limit }', 'ConsistentRead: true }'],
    ],
  ),
  ...mutantsOf(
    `${stores}/live/connected-store.ts`,
    [`${tests}/live/live-store.test.ts`],
    [['a socket that ends stays in its groups', 'await leaveGroups([connection]);', '']],
  ),
  ...mutantsOf(
    'shared/push/join-groups.ts',
    ['test/shared/push/live-groups.model.test.ts'],
    [['a socket joins that has ended meanwhile', 'await live.leave(ended, notes);', 'void ended;']],
  ),
  ...mutantsOf(
    'shared/push/stay-live.ts',
    ['test/shared/push/live-groups.model.test.ts'],
    [['the other devices are not found', 'isFull ? open.filter', 'noted.length >= 0 ? open.filter']],
  ),
  ...mutantsOf(
    'shared/consent/record-withdrawal.ts',
    ['test/shared/push/live-groups.model.test.ts'],
    [['what joins beside a withdrawal stays', 'await connections.leaveGroups(live);\n    return', 'return']],
  ),
  ...mutantsOf(
    'shared/conversations/open-conversation.ts',
    ['test/shared/push/live-groups.model.test.ts'],
    [
      [
        'who connects while a large group is made is not found',
        'const notes = live ? await deps.live.noteGroups(members, [live], notedUntil(deps.now)) : [];',
        'const notes = live ? members.map((userId) => ({ ...live, userId })) : []; void notedUntil;',
      ],
    ],
  ),
  ...mutantsOf(
    'shared/stores/live/live-store.ts',
    ['test/shared/stores/live/live-store.test.ts'],
    [
      ['who is noted again moves', 'shards = if_not_exists(shards, :shards)', 'shards = :shards'],
      [
        'who has come back is found no more',
        'attribute_not_exists(since) OR since < :revision',
        ':revision > :revision OR attribute_exists(place)',
      ],
    ],
  ),
  ...mutantsOf(
    'shared/messages/follow-members.ts',
    ['test/shared/members/growing-group.model.test.ts'],
    [
      [
        'who has come meanwhile is looked for where they are not',
        'liveShards: grownShards(liveShards, members.size + come.length) + 1',
        'liveShards: Math.min(liveShards, grownShards(liveShards, 1))',
      ],
    ],
  ),
  ...mutantsOf(
    'shared/members/find-each-other.ts',
    ['test/shared/members/growing-group.model.test.ts'],
    [
      [
        'the head knows of no place of an attempt that was lost',
        'return shardsOf(notes, group.shards);',
        'return group.shards + 0 * shardsOf(notes, 1);',
      ],
    ],
  ),
  ...mutantsOf(
    'shared/listing/note-recent.ts',
    ['test/shared/listing/mark-members.model.test.ts'],
    [
      [
        'the head says so before the marks stand',
        '  await markRecent(deps, userIds, conversationId, at);\n  return async () => settleRecent',
        '  void markRecent(deps, [], conversationId, at);\n  return async () => settleRecent',
      ],
      [
        'a thousand are marked by who writes',
        'if (isLarge(conversation) && deps.recentJobs',
        'if (conversation.members.size < 0 && isLarge(conversation) && deps.recentJobs',
      ],
      [
        'each message asks the queue',
        'if (isAsked && recentAskedAt > now() - askedAgainMillis) return nothing;',
        'void isAsked; void askedAgainMillis;',
      ],
    ],
  ),
  ...mutantsOf(
    'shared/push/live-connections.ts',
    ['test/shared/messages/recipients.test.ts'],
    [['a large group pushes to who has left it', 'members.has(userId)', 'userId.length > 0']],
  ),
  ...mutantsOf(
    'shared/messages/tell-authors.ts',
    ['test/shared/messages/tell-authors.test.ts'],
    [
      ['authors of what was read before a lost job are left out', 'receipt?.seq ??', ''],
      ['the turn comes too late', 'periodMillis = 5_000', 'periodMillis = 50_000'],
    ],
  ),
  ...mutantsOf(
    'shared/messages/mark-delivered.ts',
    ['test/shared/messages/mark-delivered.test.ts'],
    [['what has been read is said to have come', 'Math.max(readSeq, deliveredSeq)', 'deliveredSeq']],
  ),
  ...mutantsOf(
    `${stores}/conversations/membership-store.ts`,
    ['test/shared/messages/mark-delivered.test.ts'],
    [
      [
        'what has come is taken back',
        '(attribute_not_exists(deliveredSeq) OR deliveredSeq < :seq)',
        'attribute_exists(userId)',
      ],
    ],
  ),
  ...mutantsOf(
    'shared/messages/tell-read-receipts.ts',
    ['test/shared/messages/mark-delivered.test.ts'],
    [
      [
        'a job tells what was read in place of what has come',
        'receiptOf(member, mark)',
        "receiptOf(member, 'read')",
      ],
    ],
  ),
  ...mutantsOf(
    'shared/messages/move-mark.ts',
    ['test/shared/settings/settings.model.test.ts', 'test/shared/messages/mark-delivered.test.ts'],
    [
      ['who hides a mark shows it', ': !isHidden && each.hides', ': each.hides'],
      ['who hides a mark sees those of others', 'each.hides?.includes(mark) !== true', 'each.hides !== null'],
      ['the authors are told of what is hidden', 'isAmongMany &&\n      !isHidden &&', 'isAmongMany &&'],
    ],
  ),
  ...mutantsOf(
    'shared/messages/announce-typing.ts',
    ['test/shared/settings/settings.model.test.ts'],
    [['typing tells what is read', 'isShown(own) ? others', 'isShown !== undefined ? others']],
  ),
  ...mutantsOf(
    'shared/conversations/shown-read-seq.ts',
    ['test/shared/settings/settings.model.test.ts'],
    [
      ['the list shows what is hidden', 'return shown ?? readSeq', 'return readSeq'],
      ['the list is shown to who hides theirs', "viewer.hides.includes('read') || ", ''],
    ],
  ),
  ...mutantsOf(
    'shared/messages/tell-read-receipts.ts',
    ['test/shared/messages/mark-delivered.test.ts'],
    [['a job tells what is hidden by then', '.includes(mark)) continue;', '.includes(mark)) void 0;']],
  ),
  ...mutantsOf(
    `${stores}/personal/settings-store.ts`,
    ['test/shared/settings/settings.model.test.ts'],
    [
      [
        'an old copy takes the place of a new one',
        ' AND (attribute_not_exists(settingsAt) OR settingsAt < :at)',
        ' AND :at = :at',
      ],
      [
        'a change from another device is lost',
        "ConditionExpression: 'changedAt = :before'",
        "ConditionExpression: 'attribute_exists(userId) OR changedAt = :before'",
      ],
    ],
  ),
  ...mutantsOf(
    'shared/presence/ask-presence.ts',
    ['test/shared/presence/presence.model.test.ts'],
    [
      ['who is blocked is answered', 'blockers.has(each) || ', ''],
      [
        'everybody is answered as a contact',
        'maySee(settings, contacts.has(each))',
        'maySee(settings, true)',
      ],
      ['what has ended is told of', 'last.expiresAt > epochSeconds(now())', 'last.expiresAt > 0'],
    ],
  ),
  ...mutantsOf(
    'shared/presence/tell-presence.ts',
    ['test/shared/presence/presence.model.test.ts'],
    [
      ['who is blocked is told', ' && !blocked.has(each.userId)', ' && blocked !== undefined'],
      [
        'everybody is told as a contact',
        'maySee(settings, isContact),',
        'isContact || maySee(settings, true),',
      ],
      ['a connection is told that is open no more', 'ids.has(each.connectionId) && ', ''],
      ['each coming and going is told', '!isClock && !(await', 'isClock && !(await'],
      [
        'a withdrawal leaves when they were there',
        '  await lastActive.remove(userId);\n  return false;',
        '  return false;',
      ],
      [
        'those who may not see any more see them for ever',
        'told(before, after), { online: false }',
        '[], { online: false }',
      ],
    ],
  ),
  ...mutantsOf(
    'shared/stores/live/presence-watch-store.ts',
    ['test/shared/presence/presence.model.test.ts'],
    [
      [
        'whoever was asked for once is told of',
        'filter((each) => !users.includes(each))',
        'filter(() => false)',
      ],
    ],
  ),
  ...mutantsOf(
    'shared/presence/last-active.ts',
    ['test/shared/presence/presence.model.test.ts'],
    [['to the millisecond', 'Math.floor(at / step) * step', 'at + 0 * step']],
  ),
  ...mutantsOf(
    'shared/connections/devices.ts',
    ['test/shared/connections/devices.test.ts'],
    [
      ['the one that asks is cut before its ack', 'if (end !== connectionId)', 'if (end.length > 0)'],
      ['all devices are ended', 'open.filter((each) => each.connectionId === end)', 'open'],
    ],
  ),
  ...mutantsOf(
    `${stores}/messages/message-deletion-store.ts`,
    [`${tests}/messages/message-store.test.ts`, `${tests}/messages/message-deletion-store.test.ts`],
    [
      ['what the table turned away is forgotten', 'requests = UnprocessedItems;', 'requests = {};'],
      [
        'the media stays',
        'if (mediaId !== undefined) await removeMedia',
        'if (mediaId === undefined) await removeMedia',
      ],
    ],
  ),
  ...mutantsOf(
    `${stores}/conversations/conversation-store.ts`,
    [`${tests}/conversations/conversation-store.test.ts`],
    [
      [
        'the last number falls',
        "ConditionExpression: 'lastSeq < :seq',",
        "ConditionExpression: 'lastSeq <> :seq',",
      ],
      [
        'a head is made by a retry',
        "UpdateExpression: 'SET #mark = :at',\n          ConditionExpression: 'attribute_exists(conversationId)',",
        "UpdateExpression: 'SET #mark = :at',",
      ],
      ['an earlier end does not move the bound', "'nextPurgeAt > :at'", "'nextPurgeAt < :at'"],
      ['the revision stays', 'ADD purgeRevision :one`', 'ADD purgeRevisions :one`'],
      [
        'a pair comes back where nobody is left',
        "setPair(conversationId, pair, 'attribute_exists(pair)')",
        "setPair(conversationId, pair, 'attribute_exists(conversationId)')",
      ],
      [
        'to open again makes everybody new',
        "ConditionExpression: 'attribute_not_exists(conversationId) OR expiresAt <= :over',\n      ExpressionAttributeValues: { ':over': endedBy(now()) },",
        '',
      ],
    ],
  ),
  ...mutantsOf(
    `${stores}/conversations/membership-store.ts`,
    [`${tests}/conversations/conversation-store.test.ts`],
    [
      ['a place moves back', "'readSeq < :seq'", "'readSeq <> :seq'"],
      [
        'a page never says that it is not the last',
        'LastEvaluatedKey !== undefined && last !== undefined && {',
        'LastEvaluatedKey === undefined && last !== undefined && {',
      ],
      ['who has left is still listed', 'return head && member ?', 'return head ?'],
    ],
  ),
  ...mutantsOf(
    `${stores}/conversations/purge-index-store.ts`,
    [`${tests}/conversations/conversation-store.test.ts`],
    [
      ['a mark that has changed is written over', "ConditionExpression: 'purgeRevision = :seen',", ''],
      [
        'what is gone from the mark stays',
        "next[name] === undefined), 'contested'",
        "next[name] === null), 'contested'",
      ],
      ['a conversation is due twice', 'if (!seen.has(conversationId)) yield', 'yield'],
      [
        'one shard is never looked at',
        'for (const shard of purgeShards) {',
        'for (const shard of purgeShards.slice(1)) {',
      ],
    ],
  ),
  ...mutantsOf(
    `${stores}/conversations/hold-mark-store.ts`,
    [`${tests}/conversations/conversation-store.test.ts`],
    [
      [
        'a held head stays in the index',
        'REMOVE purgeShard, nextPurgeAt, purgeFrom, drainingSince',
        'REMOVE drainingSince',
      ],
      ['a release leaves the mark', 'REMOVE held, drainingSince', 'REMOVE drainingSince'],
      [
        'a member is made by a hold',
        "condition = 'attribute_exists(conversationId)',",
        "condition = 'attribute_not_exists(nobody)',",
      ],
    ],
  ),
  ...mutantsOf(
    `${stores}/conversations/retry-mark.ts`,
    [`${tests}/conversations/retry-mark.test.ts`],
    [
      ['user and send are swapped', "[at = '', userId = '', id = '']", "[at = '', id = '', userId = '']"],
      ['the time is lost', 'return `${at} ${userId} ${id}`;', 'return `0 ${userId} ${id}`;'],
      [
        'every repeat leaves a mark',
        'return `${prefix}${userId}`;',
        'return `${prefix}${userId}${Math.random()}`;',
      ],
    ],
  ),
  ...mutantsOf(
    'shared/messages/repeat-send.ts',
    ['test/shared/messages/retry-marks.test.ts', 'test/shared/messages/send-message.model.test.ts'],
    [
      [
        'a repeat leaves no mark',
        'await deps.conversations.markRetry(conversationId, { at: now, userId: sender.userId })',
        '(await deps.conversations.read(conversationId))!.head',
      ],
      ['who is careful leaves a mark', "attempt === 'first'\n", 'attempt !== attempt\n'],
      ['a mark is for ever', 'return at < then - markMillis;', 'return at < 0;'],
    ],
  ),
  ...mutantsOf(
    'shared/messages/send-message.ts',
    ['test/shared/messages/retry-marks.test.ts', 'test/shared/messages/send-message.model.test.ts'],
    [['a mark warns nobody', 'mark.userId === userId &&', 'mark.userId !== mark.userId &&']],
  ),
  ...mutantsOf(
    `${stores}/sends/send-key.ts`,
    [`${tests}/sends/send-store.test.ts`],
    [
      ['the separator is another', "sendKey.split('#')", "sendKey.split('/')"],
      ['the conversation is forgotten', 'return `${conversationId}#${id}`;', 'return `#${id}`;'],
    ],
  ),
  ...mutantsOf(
    `${stores}/sends/send-store.ts`,
    [`${tests}/sends/send-store.test.ts`],
    [
      ['a send is claimed twice', "Item, ...ifAbsent('userId') }", 'Item }'],
      [
        'a result without its time',
        'SET seq = :seq, sentAt = :sentAt, endsAt',
        'SET seq = :seq, sentAt = :timeToLive, endsAt',
      ],
    ],
  ),
  ...mutantsOf(
    `${stores}/sends/transient-send-store.ts`,
    [`${tests}/sends/send-store.test.ts`],
    [
      [
        'a number is taken twice',
        "ConditionExpression: 'lastSeq = :before',",
        "ConditionExpression: 'lastSeq <= :before OR :before <= lastSeq',",
      ],
      ['a repeat gets a new number', "...ifAbsent('userId'),", ''],
      ['a push makes the record', "ConditionExpression: 'attribute_exists(userId)',", ''],
    ],
  ),
  ...mutantsOf(
    `${stores}/sends/user-send-store.ts`,
    [`${tests}/sends/send-store.test.ts`],
    [
      [
        'later claims are found too',
        'claimedAt <= :claimedBy',
        'claimedAt > :claimedBy OR claimedAt <= :claimedBy',
      ],
      ['a record without a time is passed over', 'attribute_not_exists(claimedAt) OR ', ''],
      ['a page begins with the last of the one before', '.filter((key) => key !== after)', ''],
      [
        'nothing is removed',
        'new DeleteCommand({ TableName: tableName, Key: { userId, sendKey } })',
        'new DeleteCommand({ TableName: tableName, Key: { userId, sendKey: `${sendKey}-` } })',
      ],
    ],
  ),
];
