/** The child process of one execution environment: loads the handler, then answers one event after the other. */
import { enableCompileCache, flushCompileCache } from 'node:module';
import type { EnvironmentReply, EnvironmentRequest, FunctionError } from './ipc.ts';
import { lambdaContext } from './lambda-context.ts';
import { type Handler, loadHandler } from './load-handler.ts';

const channel = process.send?.bind(process);
const reply = (message: EnvironmentReply): void => {
  channel?.(message);
};

function describe(error: unknown): FunctionError {
  if (error instanceof Error) return { errorType: error.name, errorMessage: error.message };
  return { errorType: typeof error, errorMessage: String(error) };
}

function logError(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
}

async function answer(handler: Handler, request: EnvironmentRequest): Promise<void> {
  const { requestId } = request;
  try {
    const payload = await handler(request.event, lambdaContext(process.env, requestId, request.deadline));
    reply({ kind: 'result', requestId, payload });
  } catch (error) {
    logError(error);
    reply({ kind: 'error', requestId, ...describe(error) });
  }
}

process.on('disconnect', () => process.exit(0));
// Ctrl-C reaches the whole process group: the pool decides when its environments end.
process.on('SIGINT', () => undefined);

const [, , compiled] = process.argv;

try {
  if (compiled !== undefined) enableCompileCache(compiled);
  const handler = await loadHandler(process.env['LAMBDA_TASK_ROOT'] ?? '', process.env['_HANDLER'] ?? '');
  process.on('message', (request: EnvironmentRequest) => {
    // After a thaw, first let the sockets that were closed meanwhile say so.
    setImmediate(() => void answer(handler, request));
  });
  reply({ kind: 'ready' });
  // Now: an environment is killed, and never gets to its end.
  if (compiled !== undefined) flushCompileCache();
} catch (error) {
  logError(error);
  reply({ kind: 'error', ...describe(error) });
}
