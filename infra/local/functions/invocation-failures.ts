import type { InvocationResult } from '../model/model.ts';

export function failure(errorType: string, errorMessage: string): InvocationResult {
  return { ok: false, errorType, errorMessage, timedOut: false };
}

export function exitResult(requestId: string, code: number | null, signal: string | null): InvocationResult {
  const how = signal === null ? `exit status ${code ?? 0}` : `signal: ${signal}`;
  return failure('Runtime.ExitError', `RequestId: ${requestId} Error: Runtime exited with error: ${how}`);
}

export function timeoutResult(requestId: string, timeoutSeconds: number): InvocationResult {
  return {
    ok: false,
    errorType: 'Sandbox.Timedout',
    errorMessage: `RequestId: ${requestId} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`,
    timedOut: true,
  };
}
