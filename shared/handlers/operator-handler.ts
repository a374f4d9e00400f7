import middy from '@middy/core';
import * as z from 'zod';
import { type ErrorDetails, ProtocolError } from '../protocol/errors.ts';
import { logger as createLogger, type Logger } from '../runtime/logger.ts';
import { OperatorError } from './operator-error.ts';

/** Who asks, as the asking program says: the account's own trail has the principal, under the same request id. */
const envelope = z.object({ operator: z.string().max(128).default('unknown'), input: z.unknown() });

export type OperatorResult<Output> =
  | { readonly ok: true; readonly result: Output }
  | { readonly ok: false; readonly error: Failure };

type Failure = { readonly code: string; readonly message: string } & ErrorDetails;

export type OperatorHandlerOptions<Input> = {
  readonly command: string;
  readonly schema: z.ZodType<Input>;
  /** The id that the command is about, for the audit line. */
  readonly subject?: (input: Input) => string;
  readonly logger?: Logger;
};

/** One command of the operator: checked, noted in the audit log, answered. Only IAM principals get this far. */
export function operatorHandler<Input, Output>(
  { command, schema, subject, logger = createLogger() }: OperatorHandlerOptions<Input>,
  handle: (input: Input) => Promise<Output>,
) {
  return middy().handler(async (event: unknown, context): Promise<OperatorResult<Output>> => {
    const { operator, input } = envelope.parse(event);
    const parsed = schema.safeParse(input);
    const audit = {
      requestId: context.awsRequestId,
      command,
      operator,
      at: new Date().toISOString(),
      ...(parsed.success && subject !== undefined && { subject: subject(parsed.data) }),
    };
    if (!parsed.success) {
      logger.info('audit', { ...audit, code: 'INVALID_INPUT' });
      return failure('INVALID_INPUT', parsed.error.issues.map(describe).join('; '));
    }
    try {
      const result = await handle(parsed.data);
      logger.info('audit', { ...audit, code: 'OK' });
      return { ok: true, result };
    } catch (error) {
      const known = error instanceof ProtocolError || error instanceof OperatorError;
      const code = known ? error.code : 'INTERNAL';
      logger.info('audit', { ...audit, code });
      if (known) return failure(code, error.message, error instanceof ProtocolError ? error.details : {});
      throw error;
    }
  });
}

function failure(code: string, message: string, details: ErrorDetails = {}): OperatorResult<never> {
  return { ok: false, error: { code, message, ...details } };
}

/** Names the key, never its value. */
function describe({ path, message }: z.core.$ZodIssue): string {
  return path.length === 0 ? message : `${path.join('.')}: ${message}`;
}
