import { createHash } from 'node:crypto';
import { conversationId } from '../../../../shared/protocol/values.ts';
import {
  directConversationId,
  plainDirectConversationId,
} from '../../../../shared/stores/conversations/direct-conversation-id.ts';
import { idSecretStore } from '../../../../shared/stores/conversations/id-secret-store.ts';
import { type StoreTables, storeTables } from '../../../support/store-tables.ts';

let tables: StoreTables;
beforeAll(async () => {
  tables = await storeTables('conversations');
});
afterAll(async () => tables?.close());

test('there is none before somebody needs it; then one, whoever is first and however many at once', async () => {
  const store = () => idSecretStore(tables.db, 'conversations');
  expect(await store().find()).toBeUndefined();
  const made = await Promise.all(Array.from({ length: 8 }, async () => store().findOrMake()));
  const [secret = new Uint8Array()] = made;
  expect(secret).toHaveLength(32);
  for (const other of [...made, await store().find(), await store().findOrMake()])
    expect(Buffer.from(other ?? [])).toEqual(Buffer.from(secret));
});

test('no frame can name the row, and no list of conversations has it', async () => {
  const item = await tables.itemOf('conversations', { conversationId: '#direct', entry: 'secret' });
  expect(item).toBeDefined();
  expect(conversationId.safeParse(item?.['conversationId']).success).toBe(false);
  // Without a user it is in no index of them.
  expect(item).not.toHaveProperty('userId');
});

describe('the id of a direct conversation', () => {
  const secret = Buffer.alloc(32, 1);

  test('is the same from either side, another for another pair or secret, and looks like every id', () => {
    const id = directConversationId(secret, 'alice', 'bob');
    expect(directConversationId(secret, 'bob', 'alice')).toBe(id);
    expect(directConversationId(secret, 'alice', 'bo')).not.toBe(id);
    expect(directConversationId(Buffer.alloc(32, 2), 'alice', 'bob')).not.toBe(id);
    expect(id).toMatch(/^d-[\w-]{32}$/);
  });

  test('cannot be worked out from the two people, as it could before there was a secret', () => {
    const digest = createHash('sha256').update('alice\nbob').digest('base64url');
    expect(plainDirectConversationId('bob', 'alice')).toBe(`d-${digest.slice(0, 32)}`);
    expect(directConversationId(secret, 'alice', 'bob')).not.toContain(digest.slice(0, 8));
  });
});
