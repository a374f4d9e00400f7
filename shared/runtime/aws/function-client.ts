import { awsClient } from './aws-client.ts';
import { uriEncoded } from './signer.ts';

export type Invoked = { readonly failed: boolean; readonly payload: string };

/** What is asked of Lambda: to run a function and wait for what it answers. */
export type FunctionClient = { invoke(functionName: string, payload: string): Promise<Invoked> };

/** One attempt of so many milliseconds: whoever sent the frame repeats it, and what was begun goes on meanwhile. */
export function lambdaClient(requestTimeout: number): FunctionClient {
  const call = awsClient({ name: 'lambda' }, { attempts: 1, requestTimeout });
  return {
    async invoke(functionName, payload) {
      const { headers, body } = await call({
        method: 'POST',
        path: `/2015-03-31/functions/${uriEncoded(functionName)}/invocations`,
        headers: { 'content-type': 'application/octet-stream' },
        body: payload,
      });
      return { failed: headers['x-amz-function-error'] !== undefined, payload: body.toString() };
    },
  };
}
