import { readdir } from 'node:fs/promises';
import { type LapseServer, LapseServerError, lapseServer } from '../../../packages/lapse-server/src/index.ts';

type Invoked = { readonly FunctionName: string; readonly Payload: Uint8Array };

/** Answers as told, and keeps what it was asked. */
function lambda(answer: object | undefined, fault?: string) {
  const asked: Invoked[] = [];
  return {
    asked,
    async invoke(input: Invoked) {
      asked.push(input);
      return {
        FunctionError: fault,
        Payload: answer && new TextEncoder().encode(JSON.stringify(answer)),
      };
    },
  };
}

const textOf = ({ Payload }: Invoked): unknown => JSON.parse(new TextDecoder().decode(Payload));

const commands: Readonly<Record<keyof LapseServer, string>> = {
  sendMessage: 'admin-message-send',
  eraseMessage: 'admin-message-erase',
  openConversation: 'admin-conversation-open',
  changeMembers: 'admin-conversation-members',
  changeTitle: 'admin-conversation-title',
  showConversation: 'admin-conversation-show',
  eraseUser: 'admin-user-erase',
  receipts: 'admin-user-receipts',
  importBatch: 'admin-import',
  showConsent: 'admin-consent-show',
  recordConsent: 'admin-consent-record',
  withdrawConsent: 'admin-consent-withdraw',
  listReports: 'admin-report-list',
  showReport: 'admin-report-show',
  decideReport: 'admin-report-decide',
  exportUser: 'admin-user-export',
  placeHold: 'admin-hold',
  releaseHold: 'admin-release',
  previewRetention: 'admin-retention-preview',
  purgeStatus: 'admin-purge-status',
  pushDelivery: 'admin-push-delivery',
  endPushToken: 'admin-push-token-end',
};

test.each(Object.entries(commands))('%s asks %s', async (command, functionName) => {
  const fake = lambda({ ok: true, result: { done: command } });
  const server = lapseServer({ lambda: fake, stack: 'Lapse-Chat', operator: 'billing' });
  const ask = server[command as keyof LapseServer] as (input: object) => Promise<unknown>;
  expect(await ask({ conversationId: 'g-1' })).toEqual({ done: command });
  expect(fake.asked.map(({ FunctionName }) => FunctionName)).toEqual([`Lapse-Chat-${functionName}`]);
  expect(fake.asked.map(textOf)).toEqual([{ operator: 'billing', input: { conversationId: 'g-1' } }]);
});

test('every function of the operator has its command, and what is asked of none has no fields', async () => {
  const functions = (await readdir('functions')).filter((name) => name.startsWith('admin-'));
  expect(Object.values(commands).toSorted()).toEqual(functions.toSorted());
  const fake = lambda({ ok: true, result: {} });
  await lapseServer({ lambda: fake }).purgeStatus();
  expect(fake.asked.map(textOf)).toEqual([{ operator: 'lapse-server', input: {} }]);
});

test('without a stack the functions have no prefix', async () => {
  const fake = lambda({ ok: true, result: {} });
  await lapseServer({ lambda: fake }).receipts({ userId: 'alice' });
  expect(fake.asked.map(({ FunctionName }) => FunctionName)).toEqual(['admin-user-receipts']);
});

test('what is refused is an error with its code, and the time after which to try again', async () => {
  const error = { code: 'RATE_LIMITED', message: 'too many frames, slow down', retryAfterMs: 40 };
  const asking = lapseServer({ lambda: lambda({ ok: false, error }) }).receipts({ userId: 'alice' });
  await expect(asking).rejects.toMatchObject({ name: 'LapseServerError', ...error });
  await expect(asking).rejects.toBeInstanceOf(LapseServerError);
});

test.each([
  ['failed', lambda({ errorType: 'Error', errorMessage: 'of no concern' }, 'Unhandled')],
  ['answered nothing', lambda(undefined)],
])('a function that %s says to look into its log, and no more', async (_how, fake) => {
  await expect(lapseServer({ lambda: fake }).receipts({ userId: 'alice' })).rejects.toMatchObject({
    code: 'FUNCTION_FAILED',
    message: 'admin-user-receipts failed: look into its log',
  });
});
