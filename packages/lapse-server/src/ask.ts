import type { Lambda } from './lambda.ts';
import { LapseServerError } from './lapse-server-error.ts';

export type AskOptions = {
  readonly lambda: Lambda;
  /** The name of the stack with the functions; none: they have no prefix, as on the local system. */
  readonly stack?: string;
  /** Who asks, for the audit log. */
  readonly operator?: string;
};

/** Asks one function; resolves to what it answers. @throws LapseServerError */
export type Ask = (functionName: string, input: object) => Promise<unknown>;

type Answer =
  | { readonly ok: true; readonly result: unknown }
  | {
      readonly ok: false;
      readonly error: { readonly code: string; readonly message: string; readonly retryAfterMs?: number };
    };

export function asking({ lambda, stack, operator = 'lapse-server' }: AskOptions): Ask {
  return async (functionName, input) => {
    const { FunctionError, Payload } = await lambda.invoke({
      FunctionName: stack === undefined ? functionName : `${stack}-${functionName}`,
      Payload: new TextEncoder().encode(JSON.stringify({ operator, input })),
    });
    if (FunctionError !== undefined || Payload === undefined)
      throw new LapseServerError('FUNCTION_FAILED', `${functionName} failed: look into its log`);
    const answer = JSON.parse(new TextDecoder().decode(Payload)) as Answer;
    if (answer.ok) return answer.result;
    const { code, message, retryAfterMs } = answer.error;
    throw new LapseServerError(code, message, retryAfterMs);
  };
}
