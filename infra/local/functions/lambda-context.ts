export type LambdaContext = {
  readonly awsRequestId: string;
  readonly functionName: string;
  readonly functionVersion: string;
  readonly invokedFunctionArn: string;
  readonly memoryLimitInMB: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
  readonly callbackWaitsForEmptyEventLoop: boolean;
  getRemainingTimeInMillis(): number;
};

/** The second argument of a handler; `env` is what `lambdaEnvironment` made. */
export function lambdaContext(
  env: Readonly<Record<string, string | undefined>>,
  requestId: string,
  deadline: number,
): LambdaContext {
  const functionName = env['AWS_LAMBDA_FUNCTION_NAME'] ?? '';
  return {
    awsRequestId: requestId,
    functionName,
    functionVersion: env['AWS_LAMBDA_FUNCTION_VERSION'] ?? '',
    invokedFunctionArn: `arn:aws:lambda:${env['AWS_REGION'] ?? ''}:000000000000:function:${functionName}`,
    memoryLimitInMB: env['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'] ?? '',
    logGroupName: env['AWS_LAMBDA_LOG_GROUP_NAME'] ?? '',
    logStreamName: env['AWS_LAMBDA_LOG_STREAM_NAME'] ?? '',
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}
