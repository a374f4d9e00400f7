import fc from 'fast-check';
import { frameHandler } from '../../../shared/handlers/frame-handler.ts';
import { errors, ProtocolError } from '../../../shared/protocol/errors.ts';
import { historyFrame } from '../../../shared/protocol/messages/frames.ts';
import { pingFrame } from '../../../shared/protocol/session/frames.ts';
import { logger } from '../../../shared/runtime/logger.ts';
import { epochMillis } from '../../../shared/time.ts';

const policy = { version: '1', digest: 'd' };
const lines: string[] = [];
const agreed = async () => 'granted' as const;
const unlimited = { take: async () => {}, takeFailure: async () => {} };
const options = {
  policy,
  rates: unlimited,
  now: () => epochMillis(1_000_000),
  logger: logger((text) => void lines.push(text)),
};
const granted = {
  userId: 'alice',
  consent: 'granted',
  policyVersion: '1',
  policyDigest: 'd',
  tokenExpiresAt: '2000',
};
const conversationId = `d-${'a'.repeat(32)}`;

function event(body: unknown, authorizer: object = granted) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return {
    requestContext: { routeKey: 'x', connectionId: 'c=', requestId: 'r=', connectedAt: 0, authorizer },
    body: text,
  };
}

const context = {} as Parameters<ReturnType<typeof frameHandler>>[1];
async function reply(handler: ReturnType<typeof frameHandler>, ...args: Parameters<typeof event>) {
  const result = await handler(event(...args), context);
  return result?.body === undefined ? undefined : JSON.parse(result.body);
}

const ping = frameHandler({ ...options, schema: pingFrame, consent: 'not needed' }, async () => ({
  serverTime: 1,
}));
const history = frameHandler({ ...options, schema: historyFrame, consent: agreed }, async () => ({}));

test('the ack echoes the id', async () => {
  expect(await reply(ping, { action: 'ping', id: 'x1' })).toEqual({ type: 'ack', id: 'x1', serverTime: 1 });
});

test.each(['', 'x', '[]', 'null', '"text"', '1', '{"action":"ping"', '\ufeff{}'])(
  'what is no frame: %j is answered INVALID_FRAME without an id',
  async (body) => {
    expect(await reply(ping, body)).toMatchObject({
      type: 'error',
      id: null,
      error: { code: 'INVALID_FRAME' },
    });
  },
);

test.each([
  ['an unknown key', { action: 'ping', id: 'a', extra: 1 }],
  ['__proto__', '{"action":"ping","id":"a","__proto__":{"x":1}}'],
  ['constructor', { action: 'ping', id: 'a', constructor: {} }],
])('%s is refused and the id echoed', async (_name, body) => {
  expect(await reply(ping, body)).toMatchObject({ id: 'a', error: { code: 'INVALID_FRAME' } });
});

test.each(['', 'a b', 'ä', 'x'.repeat(65), 7, null])('the id %j is none', async (id) => {
  expect(await reply(ping, { action: 'ping', id })).toMatchObject({
    id: null,
    error: { code: 'INVALID_FRAME' },
  });
});

test.each(['none', 'stale', 'withdrawn'])(
  'consent %s comes before everything else that is wrong',
  async (consent) => {
    const frame = { action: 'history', id: 'h', conversationId: 'nonsense', what: 'ever' };
    expect(await reply(history, frame, { ...granted, consent })).toMatchObject({
      id: 'h',
      error: { code: 'CONSENT_REQUIRED' },
    });
  },
);

test.each([{ policyVersion: '0' }, { policyDigest: 'other' }])(
  'consent to another policy (%j) is none',
  async (old) => {
    const frame = { action: 'history', id: 'h', conversationId };
    expect(await reply(history, frame, { ...granted, ...old })).toMatchObject({
      error: { code: 'CONSENT_REQUIRED' },
    });
  },
);

describe.each(['none', 'stale', 'withdrawn'] as const)(
  'of who was let in and whose consent is %s by now',
  (state) => {
    const frame = { action: 'history', id: 'h', conversationId };
    const refusal = { id: 'h', error: { code: 'CONSENT_REQUIRED' } };

    test('a frame is not carried out, and is asked about by their name', async () => {
      const done: string[] = [];
      const asked: string[] = [];
      const consent = async (userId: string) => {
        asked.push(userId);
        return state;
      };
      const handler = frameHandler({ ...options, schema: historyFrame, consent }, async ({ id }) => {
        done.push(id);
        return {};
      });
      expect(await reply(handler, frame)).toMatchObject(refusal);
      expect([asked, done]).toEqual([['alice'], []]);
    });

    test.each([
      ['answers', async () => ({})],
      ['finds nothing', async () => Promise.reject(new ProtocolError('NOT_FOUND'))],
      ['fails', async () => Promise.reject(new RangeError('broken'))],
    ])('a handler that reads meanwhile and %s first is not answered', async (_, handle) => {
      const consent = async () => {
        await new Promise(setImmediate);
        return state;
      };
      const beside = { ...options, schema: historyFrame, consent, readsMeanwhile: true } as const;
      expect(await reply(frameHandler(beside, handle), frame)).toMatchObject(refusal);
    });
  },
);

test('a handler that reads meanwhile begins before the consent is known, and is told of it', async () => {
  const order: string[] = [];
  const consent = async () => {
    await new Promise(setImmediate);
    order.push('known');
    return 'granted' as const;
  };
  const beside = { ...options, schema: historyFrame, consent, readsMeanwhile: true } as const;
  const handler = frameHandler(beside, async (_, { consented }) => {
    order.push('read');
    await consented;
    order.push('written');
    return {};
  });
  const frame = { action: 'history', id: 'h', conversationId };
  expect(await reply(handler, frame)).toMatchObject({ type: 'ack' });
  expect(order).toEqual(['read', 'known', 'written']);
});

test('the consent is asked for after the rates: a flood costs no look at the ledger', async () => {
  const { rates } = refusing('take');
  const asked: string[] = [];
  const consent = async (userId: string) => {
    asked.push(userId);
    return 'granted' as const;
  };
  const limited = frameHandler({ ...options, rates, schema: historyFrame, consent }, async () => ({}));
  const frame = { action: 'history', id: 'h', conversationId };
  expect(await reply(limited, frame)).toMatchObject({ error: { code: 'RATE_LIMITED' } });
  expect(asked).toEqual([]);
});

test('with consent the frame itself is looked at', async () => {
  expect(await reply(history, { action: 'history', id: 'h' })).toMatchObject({
    error: { code: 'INVALID_FRAME' },
  });
  expect(await reply(history, { action: 'history', id: 'h', conversationId })).toMatchObject({ type: 'ack' });
});

test('an expired token ends every action, the last second not included', async () => {
  const frame = { action: 'ping', id: 'p' };
  expect(await reply(ping, frame, { ...granted, tokenExpiresAt: '1000' })).toMatchObject({
    error: { code: 'TOKEN_EXPIRED' },
  });
  expect(await reply(ping, frame, { ...granted, tokenExpiresAt: '1001' })).toMatchObject({ type: 'ack' });
});

test('an unknown error tells the client nothing and the log its class only', async () => {
  lines.length = 0;
  const failing = frameHandler({ ...options, schema: pingFrame, consent: 'not needed' }, async () => {
    throw new RangeError('secret text');
  });
  const answer = await reply(failing, { action: 'ping', id: 'p' });
  expect(answer).toEqual({ type: 'error', id: 'p', error: { code: 'INTERNAL', ...errors.INTERNAL } });
  expect(lines.join('')).toContain('RangeError');
  expect(lines.join('')).not.toContain('secret');
});

test('a protocol error keeps its code and fixed text', async () => {
  const refusing = frameHandler({ ...options, schema: pingFrame, consent: 'not needed' }, async () => {
    throw new ProtocolError('NOT_FOUND', { cause: new Error('inner') });
  });
  const answer = await reply(refusing, { action: 'ping', id: 'p' });
  expect(answer).toEqual({ type: 'error', id: 'p', error: { code: 'NOT_FOUND', ...errors.NOT_FOUND } });
});

test('no input makes anything but an ack or a listed error', async () => {
  const before = JSON.stringify(Object.getOwnPropertyNames(Object.prototype));
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.json(), fc.string(), fc.json({ maxDepth: 8 })), async (body) => {
      const answer = await reply(history, body);
      expect(Object.keys(errors)).toContain(answer.error.code);
      expect(answer.error.code).not.toBe('INTERNAL');
    }),
    { numRuns: 300 },
  );
  expect(JSON.stringify(Object.getOwnPropertyNames(Object.prototype))).toBe(before);
});

/** Rates that refuse, and note whom they were asked about and when. */
function refusing(kind: 'take' | 'takeFailure') {
  const asked: unknown[][] = [];
  const note = (name: string) => async (userId: string, subject: object) => {
    asked.push([name, userId, subject]);
    if (name === kind) throw new ProtocolError('RATE_LIMITED', { retryAfterMs: 1_234 });
  };
  return { asked, rates: { take: note('take'), takeFailure: note('takeFailure') as never } };
}

test('a frame beyond its limit is refused before anything is done, and told when to come again', async () => {
  const { asked, rates } = refusing('take');
  const handled: string[] = [];
  const limited = frameHandler(
    { ...options, rates, schema: pingFrame, consent: 'not needed' },
    async ({ id }) => {
      handled.push(id);
      return {};
    },
  );
  expect(await reply(limited, { action: 'ping', id: 'p' })).toEqual({
    type: 'error',
    id: 'p',
    error: { code: 'RATE_LIMITED', ...errors.RATE_LIMITED, retryAfterMs: 1_234 },
  });
  expect(asked[0]).toEqual(['take', 'alice', { action: 'ping', id: 'p' }]);
  expect(handled).toEqual([]);
});

test.each([
  ['no frame at all', '['],
  ['an unknown key', { action: 'ping', id: 'p', extra: 1 }],
])('%s counts as a failure of its user, and beyond the limit is answered as such', async (_name, body) => {
  const { asked, rates } = refusing('takeFailure');
  const limited = frameHandler(
    { ...options, rates, schema: pingFrame, consent: 'not needed' },
    async () => ({}),
  );
  expect(await reply(limited, body)).toMatchObject({ error: { code: 'RATE_LIMITED', retryAfterMs: 1_234 } });
  expect(asked).toMatchObject([['takeFailure', 'alice', { code: 'INVALID_FRAME' }]]);
});

test('a frame that cannot be carried out is not counted', async () => {
  const { asked, rates } = refusing('take');
  const limited = frameHandler(
    { ...options, rates, schema: historyFrame, consent: agreed },
    async () => ({}),
  );
  await reply(limited, { action: 'history', id: 'h', conversationId }, { ...granted, consent: 'none' });
  await reply(limited, { action: 'history', id: 'h' });
  expect(asked.map(([name]) => name)).toEqual(['takeFailure', 'takeFailure']);
});

test('30 KB of brackets is an invalid frame, not a crash', async () => {
  const deep = `{"action":"history","id":"d","conversationId":${'['.repeat(15_000)}${']'.repeat(15_000)}}`;
  expect(await reply(history, deep)).toMatchObject({ id: 'd', error: { code: 'INVALID_FRAME' } });
});
