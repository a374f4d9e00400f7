import { askLocalSystem } from '../infra/local/command/ask-local-system.ts';
import type { InvokeFunction } from './invoke-function.ts';

/** The Invoke API of the local system stands at the port behind its own. */
export function invokeLocal(port: number): InvokeFunction {
  return async (functionName, payload) => {
    const url = `http://127.0.0.1:${port + 1}/2015-03-31/functions/${functionName}/invocations`;
    return askLocalSystem(url, port, { method: 'POST', body: payload });
  };
}
