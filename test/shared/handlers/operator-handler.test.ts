import * as z from 'zod';
import { operatorHandler } from '../../../shared/handlers/operator-handler.ts';
import { ProtocolError } from '../../../shared/protocol/errors.ts';
import { logger } from '../../../shared/runtime/logger.ts';

const context: any = { awsRequestId: 'r-1', getRemainingTimeInMillis: () => 60_000 };

function subject(handle: (input: { userId: string; birthDate?: string | undefined }) => Promise<unknown>) {
  const lines: any[] = [];
  const handler: any = operatorHandler(
    {
      command: 'consent record',
      schema: z.strictObject({ userId: z.string().min(1), birthDate: z.string().optional() }),
      subject: ({ userId }) => userId,
      logger: logger((text) => void lines.push(JSON.parse(text))),
    },
    handle,
  );
  return { lines, invoke: async (event: unknown) => handler(event, context) };
}

test('answers, and notes who did what, when, on whom', async () => {
  const { lines, invoke } = subject(async ({ userId }) => ({ hello: userId }));
  const event = { operator: 'olga', input: { userId: 'alice', birthDate: '1990-01-01' } };
  expect(await invoke(event)).toEqual({ ok: true, result: { hello: 'alice' } });
  expect(lines).toEqual([
    {
      level: 'info',
      event: 'audit',
      requestId: 'r-1',
      code: 'OK',
      operator: 'olga',
      command: 'consent record',
      at: expect.stringMatching(/^\d{4}-.*Z$/),
      subject: 'alice',
    },
  ]);
});

test('names a wrong key, not its value, and notes the attempt', async () => {
  const { lines, invoke } = subject(async () => ({}));
  const answer = await invoke({ operator: 'olga', input: { userId: 7, secret: 'word' } });
  expect(answer).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } });
  expect(answer.error.message).toContain('userId');
  expect(JSON.stringify([answer, lines])).not.toContain('word');
  expect(lines).toMatchObject([{ code: 'INVALID_INPUT' }]);
});

test('a refusal is an answer, a defect is an error; both are noted', async () => {
  const refused = subject(async () => {
    throw new ProtocolError('AGE_NOT_MET');
  });
  expect(await refused.invoke({ input: { userId: 'a' } })).toMatchObject({ error: { code: 'AGE_NOT_MET' } });
  expect(refused.lines).toMatchObject([{ code: 'AGE_NOT_MET', operator: 'unknown' }]);
  const broken = subject(async () => {
    throw new TypeError('oops');
  });
  await expect(broken.invoke({ input: { userId: 'a' } })).rejects.toThrow('oops');
  expect(broken.lines).toMatchObject([{ code: 'INTERNAL' }]);
});
