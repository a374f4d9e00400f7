import * as z from 'zod';
import { StartupError } from '../infra/local/process/startup-error.ts';
import type { InvokeFunction } from './invoke-function.ts';

/** Asks a function of the operator's plane; what it refuses is thrown as one line. */
export type Ask = (functionName: string, input: object) => Promise<unknown>;

const reply = z.union([
  z.object({ ok: z.literal(true), result: z.unknown() }),
  z.object({ ok: z.literal(false), error: z.object({ code: z.string(), message: z.string() }) }),
]);

/** `operator` is who asks, for the audit log. */
export function asking(invoke: InvokeFunction, operator: string): Ask {
  return async (functionName, input) =>
    resultOf(await invoke(functionName, JSON.stringify({ operator, input })), functionName);
}

async function resultOf(response: Response, functionName: string): Promise<unknown> {
  const body = await response.text();
  if (response.status === 404)
    throw new StartupError(
      `no function ${functionName} there: not deployed, another stack, or not stored by it`,
    );
  if (!response.ok) throw new StartupError(`refused with ${response.status}: ${body.slice(0, 300)}`);
  if (response.headers.has('x-amz-function-error'))
    throw new StartupError(`${functionName} failed: look into its log`);
  const answer = reply.parse(JSON.parse(body));
  if (answer.ok) return answer.result;
  throw new StartupError(`${answer.error.code}: ${answer.error.message}`);
}
