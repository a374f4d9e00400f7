import { signedHeaders } from '../../../../infra/local/aws/sign-request.ts';
import { startCredentials } from '../../../../infra/local/credentials/start-credentials.ts';
import { type InvokeApi, startInvokeApi } from '../../../../infra/local/functions/invoke-api.ts';
import type { Invoke } from '../../../../infra/local/model/model.ts';

const running: InvokeApi[] = [];
const credentials = startCredentials();

/** As the AWS CLI asks that has the key. */
async function ask(url: string, body: string, more: Record<string, string> = {}) {
  const scope = { credentials, region: 'eu-west-1', service: 'lambda' };
  const headers = await signedHeaders(scope, { method: 'POST', url, headers: more, body });
  return await fetch(url, { method: 'POST', body, headers });
}

async function started(
  invoke: Invoke = async (functionName, event) => ({ ok: true, payload: { functionName, event } }),
) {
  const api = await startInvokeApi({
    invoke,
    functionNames: ['send', 'retry-push'],
    aliases: { 'Lapse-Chat-Send8F3A': 'send' },
    port: 0,
    credentials,
  });
  running.push(api);
  return async (name: string, body = '{"a":1}', headers: Record<string, string> = {}) => {
    const path = `/2015-03-31/functions/${encodeURIComponent(name)}/invocations`;
    const response = await ask(api.url + path, body, headers);
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((api) => api.close()));
});

describe('invoke api', () => {
  test.each([
    'send',
    'send:$LATEST',
    'Lapse-Chat-Send8F3A',
    '123456789012:function:send',
    'function:send',
    'arn:aws:lambda:eu-west-1:123456789012:function:send',
    'arn:aws:lambda:eu-west-1:123456789012:function:send:$LATEST',
  ])('%s names the function send', async (name) => {
    const post = await started();
    const { status, headers, text } = await post(name);
    expect(status).toBe(200);
    expect(headers.get('x-amz-executed-version')).toBe('$LATEST');
    expect(headers.get('x-amz-function-error')).toBeNull();
    expect(JSON.parse(text)).toEqual({ functionName: 'send', event: { a: 1 } });
  });

  test.each(['nothing', '%25', '%', '%E0%A4%A', '%2Fsend'])(
    'the path part %s names none: 404',
    async (part) => {
      await started();
      const url = `${running[0]?.url}/2015-03-31/functions/${part}/invocations`;
      const response = await ask(url, '{}');
      expect(response.status).toBe(404);
      expect(await response.text()).toContain('Function not found');
    },
  );

  test('a function that fails: 200, the error in the body and X-Amz-Function-Error', async () => {
    const post = await started(async () => ({
      ok: false,
      errorType: 'TypeError',
      errorMessage: 'bad',
      timedOut: false,
    }));
    const { status, headers, text } = await post('send');
    expect(status).toBe(200);
    expect(headers.get('x-amz-function-error')).toBe('Unhandled');
    expect(JSON.parse(text)).toEqual({ errorType: 'TypeError', errorMessage: 'bad', trace: [] });
  });

  test('Event: 202 at once, and the function runs', async () => {
    const { promise, resolve } = Promise.withResolvers<unknown>();
    const post = await started(async (_name, event) => {
      resolve(event);
      return await new Promise(() => undefined);
    });
    expect(await post('send', '{"b":2}', { 'x-amz-invocation-type': 'Event' })).toMatchObject({
      status: 202,
      text: '',
    });
    expect(await promise).toEqual({ b: 2 });
  });

  test('DryRun: 204, and the function does not run', async () => {
    let ran = false;
    const post = await started(async () => {
      ran = true;
      return { ok: true, payload: null };
    });
    expect((await post('send', '{}', { 'x-amz-invocation-type': 'DryRun' })).status).toBe(204);
    expect(ran).toBe(false);
  });

  test('a function that does not exist: 404 ResourceNotFoundException', async () => {
    const { status, headers, text } = await (await started())('nobody');
    expect(status).toBe(404);
    expect(headers.get('x-amzn-errortype')).toBe('ResourceNotFoundException');
    expect(JSON.parse(text)).toMatchObject({ Message: 'Function not found: nobody' });
  });

  test.each(['send:7', 'send:live', 'arn:aws:lambda:eu-west-1:123456789012:function:send:7'])(
    '%s names a version that was never published: 404',
    async (name) => {
      const { status, text } = await (await started())(name);
      expect([status, JSON.parse(text).Message]).toEqual([
        404,
        `Function not found: send:${name.split(':').at(-1)}`,
      ]);
    },
  );

  test('the qualifier may stand in the query', async () => {
    await started();
    const post = async (qualifier: string) => {
      const path = `/2015-03-31/functions/send/invocations?Qualifier=${encodeURIComponent(qualifier)}`;
      return (await ask(`${running[0]?.url}${path}`, '')).status;
    };
    expect([await post('$LATEST'), await post('7')]).toEqual([200, 404]);
  });

  test('an invocation type that Lambda does not have: 400, and the function does not run', async () => {
    const invoked: unknown[] = [];
    const post = await started(async (_name, event) => {
      invoked.push(event);
      return { ok: true, payload: null };
    });
    const { status, headers } = await post('send', '{}', { 'x-amz-invocation-type': 'Later' });
    expect([status, headers.get('x-amzn-errortype'), invoked]).toEqual([
      400,
      'InvalidParameterValueException',
      [],
    ]);
  });

  test('a web page, which says from where it asks, invokes nothing', async () => {
    const invoked: string[] = [];
    const post = await started(async (functionName) => {
      invoked.push(functionName);
      return { ok: true, payload: null };
    });
    for (const origin of ['https://evil.example', 'null'])
      expect((await post('send', '{}', { origin })).status).toBe(403);
    expect(invoked).toEqual([]);
  });

  test('without the key of this start nothing is invoked', async () => {
    const invoked: string[] = [];
    await started(async (functionName) => {
      invoked.push(functionName);
      return { ok: true, payload: null };
    });
    const url = `${running[0]?.url}/2015-03-31/functions/send/invocations`;
    const stranger = { credentials: startCredentials(), region: 'eu-west-1', service: 'lambda' };
    const foreign = await signedHeaders(stranger, { method: 'POST', url, body: '{}' });
    for (const headers of [{}, foreign])
      expect((await fetch(url, { method: 'POST', body: '{}', headers })).status).toBe(403);
    expect(invoked).toEqual([]);
  });

  test('a body that is not JSON: 400; an empty one is the event {}', async () => {
    const post = await started();
    const { status, headers } = await post('send', '{');
    expect(status).toBe(400);
    expect(headers.get('x-amzn-errortype')).toBe('InvalidRequestContentException');
    expect(JSON.parse((await post('send', '')).text)).toMatchObject({ event: {} });
  });

  test('a body of more than 6 MB: 413', async () => {
    expect((await (await started())('send', ' '.repeat(6 * 1024 * 1024 + 1))).status).toBe(413);
  });

  test('a port that is taken says so', async () => {
    await started();
    const port = Number(new URL(running[0]?.url ?? '').port);
    const invoke: Invoke = async () => ({ ok: true, payload: null });
    await expect(startInvokeApi({ invoke, functionNames: [], port, credentials })).rejects.toThrow(
      `port ${port} is in use: stop what listens there or choose another port`,
    );
  });
});
