import { StartupError } from '../infra/local/process/startup-error.ts';
import { asking as askingServer } from '../packages/lapse-server/src/ask.ts';
import type { Lambda } from '../packages/lapse-server/src/lambda.ts';
import { LapseServerError } from '../packages/lapse-server/src/lapse-server-error.ts';
import type { InvokeFunction } from './invoke-function.ts';

/** Asks a function of the operator's plane; what it refuses is thrown as one line. */
export type Ask = (functionName: string, input: object) => Promise<unknown>;

/** By the client that an app's server has; `operator` is who asks, for the audit log. */
export function asking(invoke: InvokeFunction, operator: string): Ask {
  const ask = askingServer({ lambda: lambdaOf(invoke), operator });
  return async (functionName, input) => {
    try {
      return await ask(functionName, input);
    } catch (error) {
      if (!(error instanceof LapseServerError)) throw error;
      throw new StartupError(
        error.code === 'FUNCTION_FAILED' ? error.message : `${error.code}: ${error.message}`,
      );
    }
  };
}

/** Lambda as that client asks it. */
export function lambdaOf(invoke: InvokeFunction): Lambda {
  return {
    async invoke({ FunctionName, Payload }) {
      const response = await invoke(FunctionName, new TextDecoder().decode(Payload));
      const body = await response.text();
      if (response.status === 404)
        throw new StartupError(
          `no function ${FunctionName} there: not deployed, another stack, or not stored by it`,
        );
      if (!response.ok) throw new StartupError(`refused with ${response.status}: ${body.slice(0, 300)}`);
      const fault = response.headers.get('x-amz-function-error');
      return { Payload: new TextEncoder().encode(body), ...(fault !== null && { FunctionError: fault }) };
    },
  };
}
