import { chat as chatModel } from '../../../../client/web/model/chat.ts';
import { chat as scene, settle } from '../../support/chat.ts';
import { textOf } from '../../support/text-of.ts';

/** Alice's chat as her page shows it, against a server in memory. */
function page(options: { seen?: Record<string, number>; cursors?: Record<string, number> } = {}) {
  const world = scene(options.cursors === undefined ? {} : { cursors: options.cursors });
  const news: string[] = [];
  const screen = { watched: true, changes: 0 };
  const model = chatModel({
    client: world.client,
    userId: 'alice',
    seen: options.seen ?? {},
    now: world.clock.now,
    watched: () => screen.watched,
    onLine: () => true,
    posterOf: async () => undefined,
    changed: () => {
      screen.changes += 1;
    },
    news: (message, conversation) => news.push(`${conversation}: ${textOf(message)}`),
  });
  /** As the session shows it: what lies open counts as seen, then it is drawn. */
  const view = () => {
    model.markSeen();
    return model.view();
  };
  const rows = () =>
    view().open?.rows.flatMap((row) => (row.kind === 'message' ? [`${row.status ?? ''}:${row.text}`] : []));
  return { ...world, model, news, screen, rows, view };
}

async function online(options: Parameters<typeof page>[0] = {}) {
  const made = page(options);
  made.lapse.consented.add('alice');
  made.client.connect();
  await settle();
  return made;
}

test('lists the conversations by the other one’s name, and what is new in them', async () => {
  const { model, lapse, conversationId, news } = await online();
  expect(model.view().conversations).toMatchObject([{ name: 'bob', unread: 0, preview: 'Direct chat' }]);
  lapse.post('bob', conversationId, 'hello');
  await settle();
  expect(model.view()).toMatchObject({
    unread: 1,
    conversations: [{ unread: 1, preview: 'hello', previewFrom: 'bob' }],
  });
  expect(news).toEqual(['bob: hello']);
});

test('what was selected while there was no connection is loaded when there is one', async () => {
  const { client, model, lapse, conversationId, rows, screen, view } = page();
  for (const words of ['one', 'two']) lapse.post('bob', conversationId, words);
  lapse.consented.add('alice');
  model.select(conversationId);
  client.connect();
  await settle();
  expect(rows()).toEqual([':one', ':two']);
  expect(view()).toMatchObject({ unread: 0, open: { older: 'none', name: 'bob' } });

  screen.watched = false;
  lapse.post('bob', conversationId, 'three');
  await settle();
  expect(view().unread).toBe(1);
  screen.watched = true;
  expect(view().unread).toBe(0);
  expect(model.seen()).toEqual({ [conversationId]: 3 });
});

test('to look at the view sends nothing and marks nothing; what is marked as seen the server is told once', async () => {
  const { model, lapse, conversationId } = await online();
  lapse.post('bob', conversationId, 'hello');
  model.select(conversationId);
  await settle();
  const before = lapse.frames.length;
  expect(model.view()).toMatchObject({ unread: 1, open: { conversationId } });
  await settle();
  expect(lapse.frames.slice(before)).toEqual([]);
  expect(model.seen()).toEqual({});

  model.markSeen();
  model.markSeen();
  await settle();
  expect(lapse.frames.slice(before)).toEqual([
    expect.objectContaining({ action: 'read', conversationId, seq: 1 }),
  ]);
  expect([model.view().unread, model.seen()]).toEqual([0, { [conversationId]: 1 }]);
});

test('what came after the last seen one, before the page was loaded again, is unread', async () => {
  const conversationId = 'd-alice-bob';
  const seen = { [conversationId]: 1 };
  const made = page({ seen, cursors: seen });
  for (const words of ['one', 'two', 'three']) made.lapse.post('bob', conversationId, words);
  made.lapse.consented.add('alice');
  made.client.connect();
  await settle();
  expect(made.model.view().conversations).toMatchObject([{ unread: 2, preview: 'three' }]);
});

test('a message is sending, then sent, and never shown twice', async () => {
  const { model, lapse, conversationId, rows, pass } = await online();
  model.select(conversationId);
  await settle();
  lapse.fault = ({ action }) => (action === 'send' ? 'drop-before' : 'none');
  model.pending.send(conversationId, 'hi');
  await settle();
  expect(rows()).toEqual(['sending:hi']);
  expect(model.view().connection).toBe('Connection lost. Reconnecting… 1 message waits.');
  lapse.fault = () => 'none';
  await pass(5_000);
  expect(rows()).toEqual(['sent:hi']);
  expect(model.view().connection).toBeUndefined();
});

test('what the server refuses says why, and goes with the same id when it is tried again', async () => {
  const { model, lapse, conversationId, rows } = await online();
  model.select(conversationId);
  await settle();
  lapse.fault = ({ action }) => (action === 'send' ? { code: 'SENSITIVE_DATA', retryable: false } : 'none');
  model.pending.send(conversationId, 'number 4111');
  await settle();
  expect(rows()).toEqual(['failed:number 4111']);
  const [failed] = model.pending.of(conversationId);
  expect(failed).toMatchObject({ reason: expect.stringContaining('sensitive data'), retryable: false });

  lapse.fault = () => 'none';
  model.pending.retry(failed!.id);
  await settle();
  expect(rows()).toEqual(['sent:number 4111']);
  expect(lapse.list(conversationId).map(({ id }) => id)).toEqual([failed!.id]);
  expect(model.pending.discard(failed!.id)).toBeUndefined();
});

test('the page knows whether pictures and files can be sent', async () => {
  const { model, conversationId } = await online();
  model.select(conversationId);
  expect(model.view().open?.takesMedia).toBe(true);
  const passing = page();
  passing.lapse.stored = false;
  passing.lapse.consented.add('alice');
  passing.client.connect();
  await settle();
  passing.model.select(conversationId);
  expect(passing.model.view().open?.takesMedia).toBe(false);
});

test('a failed message can be taken back', async () => {
  const { model, lapse, conversationId, rows } = await online();
  model.select(conversationId);
  lapse.fault = ({ action }) => (action === 'send' ? { code: 'NOT_FOUND', retryable: false } : 'none');
  model.pending.send(conversationId, 'oops');
  await settle();
  expect(model.pending.discard(model.pending.of(conversationId)[0]!.id)).toMatchObject({ text: 'oops' });
  expect(rows()).toEqual([]);
});

test('expired messages are gone from the view, the preview and the count', async () => {
  const { model, lapse, conversationId, pass, rows } = await online();
  model.select(conversationId);
  lapse.post('bob', conversationId, 'brief');
  await settle();
  expect(rows()).toEqual([':brief']);
  await pass(600_000);
  expect(rows()).toEqual([]);
  expect(model.view().conversations).toMatchObject([{ preview: 'Direct chat', unread: 0 }]);
});

test('a conversation that somebody else has begun is listed as soon as something is said in it', async () => {
  const { model, lapse } = await online();
  lapse.create('g-hike', ['alice', 'bob', 'carol']);
  lapse.post('carol', 'g-hike', 'come along');
  await settle();
  expect(model.view().conversations.map(({ key, unread }) => [key, unread])).toEqual([
    ['g-hike', 1],
    ['d-alice-bob', 0],
  ]);
});

test('a chat that is begun while the page still connects is opened as soon as it can be', async () => {
  const { client, model, lapse } = page();
  lapse.consented.add('alice');
  client.connect();
  await model.start({ kind: 'direct', members: ['carol'] });
  expect(model.view().open).toMatchObject({ name: 'carol' });
});

test('a chat is not begun where waiting is in vain: before signing in, or after signing out', async () => {
  const { client, model } = await online();
  const fields = { kind: 'direct' as const, members: ['carol'] };
  await expect(page().model.start(fields)).rejects.toMatchObject({ code: 'NOT_CONNECTED' });
  client.close();
  await expect(model.start(fields)).rejects.toMatchObject({ code: 'NOT_CONNECTED' });
});

test('who is writing is said until their message comes, and how far they have read is shown at one’s own', async () => {
  const { client, model, lapse, conversationId, rows, pass } = await online();
  model.select(conversationId);
  await settle();
  const subtitle = () => model.view().open?.subtitle;
  lapse.push('alice', { type: 'typing', conversationId, userId: 'bob' });
  await settle();
  expect(subtitle()).toBe('bob is writing…');
  expect(model.view().nextChangeMs).toBe(1_000);
  await pass(6_000);
  expect(subtitle()).toBe('Direct chat · kept at most 10 minutes');
  lapse.push('alice', { type: 'typing', conversationId, userId: 'bob' });
  lapse.post('bob', conversationId, 'hello');
  await settle();
  expect(subtitle()).toBe('Direct chat · kept at most 10 minutes');

  await client.send(conversationId, 'one');
  await client.send(conversationId, 'two');
  lapse.push('alice', { type: 'read', conversationId, userId: 'bob', seq: 2 });
  lapse.push('alice', { type: 'read', conversationId, userId: 'bob', seq: 1 });
  await settle();
  expect(rows()).toEqual([':hello', 'read:one', 'sent:two']);
});

test('what waits for the other person is kept, says for whom, and is sent with the same id when they write', async () => {
  const { model, lapse, conversationId, rows, view } = await online();
  model.select(conversationId);
  await settle();
  lapse.fault = ({ action }) => (action === 'send' ? { code: 'WAITING', retryable: true } : 'none');
  model.pending.send(conversationId, 'hello');
  await settle();
  expect(rows()).toEqual(['waiting:hello']);
  expect(view().open?.rows.at(-1)).toMatchObject({ reason: 'Waits for bob.', retryable: true });
  expect(lapse.frames.filter(({ action }) => action === 'send')).toHaveLength(1);
  lapse.fault = () => 'none';
  lapse.post('bob', conversationId, 'I am here');
  await settle();
  expect(rows()).toEqual([':I am here', 'sent:hello']);
  const sent = lapse.frames.flatMap((frame) => (frame.action === 'send' ? [frame.id] : []));
  expect(new Set(sent).size).toBe(1);
});

test('a muted chat announces nothing and is not in the title; a hidden one is listed when one asks for it', async () => {
  const { client, lapse, model, news, conversationId, clock, pass } = page();
  lapse.consented.add('alice');
  lapse.create('g-quiet', ['alice', 'bob']);
  const until = clock.now() + 60_000;
  lapse.listed = (summary) =>
    summary.conversationId === conversationId
      ? { ...summary, hidden: true }
      : { ...summary, muted: until, pinned: true };
  client.connect();
  await settle();
  lapse.post('bob', 'g-quiet', 'psst');
  await settle();
  expect(news).toEqual([]);
  const keys = () => model.view().conversations.map(({ key }) => key);
  expect(model.view()).toMatchObject({
    unread: 0,
    hidden: { count: 1, shown: false },
    conversations: [{ key: 'g-quiet', unread: 1, muted: true, pinned: true }],
  });
  model.toggleHidden();
  expect(keys()).toEqual(['g-quiet', conversationId]);
  await pass(60_001);
  expect(model.view().unread).toBe(1);
});
