import type { LocalFunction } from '../model/model.ts';

/** The variables that Lambda sets by itself, below those of the system and of the function's own template. */
export function lambdaEnvironment(
  fn: LocalFunction,
  shared: Readonly<Record<string, string>>,
  logStream: string,
): Record<string, string> {
  return {
    ...hostVariables(),
    TZ: ':UTC',
    LANG: 'en_US.UTF-8',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: fn.functionName,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${fn.functionName}`,
    AWS_LAMBDA_LOG_STREAM_NAME: logStream,
    LAMBDA_TASK_ROOT: fn.codePath,
    _HANDLER: fn.handler,
    ...shared,
    ...fn.environment,
  };
}

/** Everything else of this machine's environment stays out: a function must not find what Lambda lacks. */
function hostVariables(): Record<string, string> {
  const path = process.env['PATH'];
  return path === undefined ? {} : { PATH: path };
}
