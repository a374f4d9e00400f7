import { randomUUID } from 'node:crypto';
import type { Invoke } from '../model/model.ts';

export type InvokeReply = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

type ParsedEvent = { readonly ok: true; readonly event: unknown } | { readonly ok: false };

export function refusal(status: number, errorType: string, message: string): InvokeReply {
  return {
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': errorType },
    body: JSON.stringify({ Type: 'User', Message: message, message }),
  };
}

/** An empty body is the event `{}`, as on Lambda. */
export function parseEvent(body: Buffer): ParsedEvent {
  if (body.length === 0) return { ok: true, event: {} };
  try {
    return { ok: true, event: JSON.parse(body.toString()) };
  } catch (error) {
    if (error instanceof SyntaxError) return { ok: false };
    throw error;
  }
}

export async function invokeReply(
  invoke: Invoke,
  functionName: string,
  event: unknown,
  invocationType: string | string[] | undefined,
): Promise<InvokeReply> {
  const headers = { 'x-amzn-requestid': randomUUID(), 'x-amz-executed-version': '$LATEST' };
  if (invocationType === 'DryRun') return { status: 204, headers, body: '' };
  if (invocationType === 'Event') {
    void invoke(functionName, event);
    return { status: 202, headers, body: '' };
  }
  const result = await invoke(functionName, event);
  const json = { ...headers, 'content-type': 'application/json' };
  if (result.ok) return { status: 200, headers: json, body: JSON.stringify(result.payload) };
  const { errorType, errorMessage } = result;
  return {
    status: 200,
    headers: { ...json, 'x-amz-function-error': 'Unhandled' },
    body: JSON.stringify({ errorType, errorMessage, trace: [] }),
  };
}
