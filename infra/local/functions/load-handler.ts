import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export type Handler = (event: unknown, context: unknown) => unknown;

function runtimeError(name: string, message: string): Error {
  const error = new Error(message);
  error.name = name;
  return error;
}

const callbacksRefused =
  'AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. ' +
  'You need to modify this function to use a supported handler signature to use Node.js 24 or later.';

/** Finds `file.export` in a bundle as Lambda's Node runtime does. */
export async function loadHandler(codePath: string, handler: string): Promise<Handler> {
  const dot = handler.lastIndexOf('.');
  const name = handler.slice(dot + 1);
  const file = ['.mjs', '.js', '.cjs']
    .map((extension) => join(codePath, handler.slice(0, dot) + extension))
    .find((candidate) => existsSync(candidate));
  if (file === undefined) {
    throw runtimeError('Runtime.ImportModuleError', `Error: Cannot find module '${handler.slice(0, dot)}'`);
  }
  const loaded: Record<string, unknown> = await import(pathToFileURL(file).href);
  const found = loaded[name];
  if (typeof found !== 'function') {
    throw runtimeError('Runtime.HandlerNotFound', `${handler} is undefined or not exported`);
  }
  if (found.length > 2) throw runtimeError('Runtime.CallbackHandlerDeprecated', callbacksRefused);
  return (event, context) => found(event, context);
}
