import { askLocalFunction } from '../infra/local/command/ask-local-system.ts';
import type { InvokeFunction } from './invoke-function.ts';

/** The Invoke API of the local system stands at the port behind its own. */
export const invokeLocal =
  (port: number): InvokeFunction =>
  (functionName, payload) =>
    askLocalFunction(functionName, port, payload);
