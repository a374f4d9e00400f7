import { type Mutant, mutantsOf } from '../mutant.ts';

const matrix = 'test/e2e/access-matrix.test.ts';
const contacts = 'test/e2e/contacts.test.ts';
const stores = 'test/shared/stores/conversations';

/** Who may do what, and what is told to everybody else. */
export const access: readonly Mutant[] = [
  ...mutantsOf(
    'shared/conversations/as-member.ts',
    ['test/shared/conversations/as-member.test.ts', matrix],
    [
      ['a sender is looked up by nobody', 'if (!isKnown) await', 'if (isKnown) await'],
      ['who was refused is remembered', 'known.delete(key);\n    if', 'if'],
    ],
  ),
  ...mutantsOf(
    'shared/handlers/frame-handler.ts',
    ['test/shared/handlers/frame-handler.test.ts', 'test/shared/consent/withdrawal-race.test.ts'],
    [
      [
        'the consent is that of the handshake',
        "if (typeof consent === 'string') return undefined;",
        "if (typeof consent !== 'number') return undefined;",
      ],
      [
        'every handler begins before the consent is known',
        'if (options.readsMeanwhile !== true) await',
        'void',
      ],
      [
        'what is found first is answered first',
        '    await consented;\n    const result = await handled;',
        '    const result = await handled;\n    await consented;',
      ],
    ],
  ),
  ...mutantsOf(
    'shared/messages/send-message.ts',
    ['test/shared/consent/withdrawal-race.test.ts'],
    [['a message is stored before the consent is known', '    deps.consented,\n', '']],
  ),
  ...mutantsOf(
    'shared/runtime/recent.ts',
    ['test/shared/conversations/as-member.test.ts', 'test/shared/messages/read-ahead.test.ts'],
    [['what was seen is remembered for good', 'found.until > now()', 'found.until > 0']],
  ),
  ...mutantsOf(
    'shared/messages/append-message.ts',
    ['test/shared/messages/busy-conversation.test.ts'],
    [
      [
        'who waits has looked before',
        'await crowd.backoff(losses);\n      own = await look();',
        'own = await look();\n      await crowd.backoff(losses);',
      ],
      [
        'the first put of a crowd is as old as the head',
        'losses > 0 ? await look() : undefined',
        'undefined as MessageHeader | undefined',
      ],
    ],
  ),
  ...mutantsOf(
    'shared/messages/crowd.ts',
    ['test/shared/messages/busy-conversation.test.ts'],
    [
      ['nobody waits for long', 'Math.min(1_280, 160', 'Math.min(128, 16'],
      ['the loser of one race waits', 'losses > 1', 'losses > 0'],
    ],
  ),
  ...mutantsOf(
    'shared/messages/repeat-send.ts',
    ['test/shared/messages/send-message.model.test.ts'],
    [
      [
        'a repeat after the end of its message is a second message',
        'found === undefined && (await isOver(deps, conversation, claim))',
        'found === undefined && (await isOver(deps, conversation, claim)) && conversation === undefined',
      ],
      [
        'a repeat knows of no retention but the present one',
        'await deps.retention())',
        '{ periods: [{ from: 0, retentionSeconds: 1e9 }], endedBefore: 0 } as never)',
      ],
    ],
  ),
  ...mutantsOf(
    'shared/stores/sends/send-store.ts',
    ['test/shared/stores/sends/send-store.test.ts'],
    [
      [
        'the record of a send ends with a short retention',
        'Math.max(expiresAt, expiryOf(claimedAt, leastSeconds))',
        'expiresAt',
      ],
      [
        'an erasure shortens the life of a record',
        "'if_not_exists(expiresAt, :timeToLive)'",
        "':timeToLive'",
      ],
    ],
  ),
  ...mutantsOf(
    'shared/conversations/count-unread.ts',
    ['test/shared/conversations/count-unread.test.ts'],
    [
      ['what one wrote oneself is unread', 'from !== userId)', 'from !== undefined)'],
      [
        'what has ended or was erased is unread',
        'isShown(each, { userId, blocked }, ruling)',
        'each.from !== undefined',
      ],
      ['a page is looked at again', 'headers.at(-1)?.seq ?? before', 'before'],
      ['what stands before one’s joining is unread', 'Math.max(readSeq, fromSeq - 1)', 'readSeq'],
      ['who is mentioned is not told', 'includes(userId)', 'includes(conversationId)'],
      ['a hundred are more than a hundred', 'mostCounted + 1', 'mostCounted'],
      ['however much there is it is all read', 'page < mostPages', 'page < Number.POSITIVE_INFINITY'],
    ],
  ),
  ...mutantsOf(
    'shared/messages/read-ahead.ts',
    ['test/shared/messages/read-ahead.test.ts'],
    [
      ['who has agreed once has agreed for minutes', 'if (!hasLine) return', 'if (true) return'],
      ['a conversation that is there is another call', 'members.includes(userId) ? members : []', 'members'],
      ['the line before is asked for', 'entry: entry + 1', 'entry'],
      [
        'who withdrew is remembered as having agreed',
        "line !== undefined && state === 'granted'",
        'line !== undefined',
      ],
      ['who has left is pushed to', 'ahead.filter(({ userId }) => wanted.has(userId))', 'ahead'],
      ['who has come since is not pushed to', 'others.length > 0 ?', 'others.length > 99 ?'],
    ],
  ),
  ...mutantsOf(
    'shared/consent/record-withdrawal.ts',
    ['test/shared/consent/withdraw-consent.test.ts', 'test/shared/consent/withdrawal-race.test.ts'],
    [
      [
        'who withdraws again has one more line',
        "last?.decision === 'granted'\n        ?",
        'last !== undefined\n        ?',
      ],
      ['what an earlier attempt left open stays open', 'return [...muted, ...live];', 'return [...live];'],
    ],
  ),
  ...mutantsOf(
    'shared/erasure/end-consent.ts',
    ['test/shared/erasure/end-consent.test.ts'],
    [
      [
        'a late worker takes back what was granted since',
        'recordWithdrawal(deps, userId, askedAt)',
        'recordWithdrawal(deps, userId)',
      ],
    ],
  ),
  ...mutantsOf(
    'shared/connections/cut-connections.ts',
    ['test/shared/consent/withdraw-consent.test.ts', 'test/shared/connections/close-excess.test.ts'],
    [
      [
        'one socket that cannot be closed stops the rest',
        '    if (outcome?.status',
        "    if (outcome?.status === 'rejected') throw outcome.reason;\n    if (outcome?.status",
      ],
    ],
  ),
  ...mutantsOf(
    'shared/connections/expire-connections.ts',
    ['test/shared/consent/withdraw-consent.test.ts', 'test/shared/connections/expire-connections.test.ts'],
    [
      ['the clock leaves what is muted', 'cutConnections(deps, open.muted,', 'cutConnections(deps, [],'],
      [
        'what could not be closed is not due again',
        'if (muted.length + ended.length + excess.left.length === 0)',
        'if (muted.length + ended.length + excess.left.length < 1e9)',
      ],
      ['the age of what is left is not told', 'Math.max(overdueSeconds, now - nextExpiry)', '0'],
      ['a run goes on beyond its time', 'isOver: deps.isOver', 'isOver: () => false'],
    ],
  ),
  ...mutantsOf(
    'shared/connections/end-connections.ts',
    ['test/shared/consent/withdraw-consent.test.ts'],
    [
      [
        'what is about to open loses its row',
        "if (bye?.value === 'gone' && now()",
        "if (bye?.value === 'failed' && now()",
      ],
      ['the close overtakes the frame', 'await pause(deliveryMillis)', 'void deliveryMillis'],
    ],
  ),
  ...mutantsOf(
    'shared/conversations/authorize-member.ts',
    [matrix],
    [
      [
        'members are looked for in the whole conversation',
        '  await authorizeMember(deps, conversationId, userId);\n',
        '',
      ],
      [
        'who has withdrawn is told what is there',
        '  await consented;\n  return admitted',
        '  return admitted',
      ],
    ],
  ),
  ...mutantsOf(
    'shared/media/give-download.ts',
    [matrix],
    [
      [
        'media is looked up before the membership',
        '  const { ranges } = await authorizeReader(deps, conversationId, userId);\n',
        '  await deps.findMedia(conversationId, seq, userId);\n  const { ranges } = await authorizeReader(deps, conversationId, userId);\n',
      ],
    ],
  ),
  ...mutantsOf(
    'functions/download/handler.ts',
    [matrix],
    [
      [
        'a report of strangers is taken',
        '    await findForMember({ ...downloads, consented }, userId, frame);\n',
        '',
      ],
    ],
  ),
  ...mutantsOf(
    'shared/profiles/get-profiles.ts',
    ['test/shared/profiles/get-profiles.test.ts'],
    [
      [
        'the calls tell who has a profile',
        'const others = userIds.filter((userId) => userId !== reader);',
        "const others = userIds.filter((userId) => userId !== reader && userId.startsWith('friend'));",
      ],
    ],
  ),
  ...mutantsOf(
    'shared/conversations/engage.ts',
    [contacts],
    [['who is written to has a contact by it', 'member.engaged === true', 'member.engaged !== true']],
  ),
  ...mutantsOf(
    'shared/conversations/contacts-among.ts',
    [contacts],
    [
      [
        'the viewer decides in place of the owner',
        'ids.map((conversationId) => ({ conversationId, userId }))',
        'ids.map((conversationId) => ({ conversationId, userId: viewer }))',
      ],
    ],
  ),
  ...mutantsOf(
    'shared/conversations/open-conversation.ts',
    [contacts],
    [
      [
        'ids are plain hashes of two people',
        'const id = directConversationId(await idSecret(), one, other);',
        'const id = plainDirectConversationId(one, other);',
      ],
      [
        'a conversation of before is not found any more',
        '[plainDirectConversationId(one, other), id]',
        '[id]',
      ],
    ],
  ),
  ...mutantsOf(
    'shared/stores/dynamodb/deployment-secret.ts',
    [`${stores}/id-secret-store.test.ts`],
    [
      [
        'each who is first has a secret of their own',
        'earlier === undefined ? secret :',
        'earlier !== undefined ? secret :',
      ],
    ],
  ),
  ...mutantsOf(
    'shared/stores/conversations/conversation-row-store.ts',
    [`${stores}/conversation-store.test.ts`],
    [
      [
        'a mark makes a member',
        "UpdateExpression: 'SET engaged = :true',\n            ConditionExpression: 'attribute_exists(conversationId)',",
        "UpdateExpression: 'SET engaged = :true',",
      ],
      ['everybody is a contact', '(engaged ? [userId] : [])', '[userId]'],
    ],
  ),
  ...mutantsOf(
    'shared/messages/has-valid-references.ts',
    ['test/shared/messages/references.test.ts'],
    [
      ['strangers are mentioned', '!members.has(userId)', 'members.size === 0'],
      ['any number is answered', 'replyTo <= head.lastSeq ||', 'replyTo > 0 ||'],
    ],
  ),
  ...mutantsOf(
    'shared/messages/repeat-send.ts',
    ['test/shared/messages/references.test.ts'],
    [
      [
        'what is refused leaves a mark',
        'if (found === undefined && !(await',
        'if (found === undefined && !!(await',
      ],
    ],
  ),
];
