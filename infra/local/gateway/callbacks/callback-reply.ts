export type CallbackReply = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

export const posted: CallbackReply = { status: 200, headers: {}, body: '' };
export const deleted: CallbackReply = { status: 204, headers: {}, body: '' };
/** An empty body: the SDK knows a 410 by its header alone. */
export const gone: CallbackReply = {
  status: 410,
  headers: { 'x-amzn-ErrorType': 'GoneException' },
  body: '',
};
export const tooMany: CallbackReply = {
  status: 429,
  headers: { 'x-amzn-ErrorType': 'LimitExceededException' },
  body: '',
};
export const forbidden = refusal(403, 'ForbiddenException', 'Forbidden');
export const unsigned = refusal(403, 'MissingAuthenticationTokenException', 'Missing Authentication Token');
export const badSignature = refusal(
  403,
  'InvalidSignatureException',
  'The request signature we calculated does not match the signature you provided.',
);
export const tooLarge = refusal(413, 'PayloadTooLargeException', 'Message too long');
export const broken = refusal(500, 'InternalServerErrorException', 'Internal server error');

export function badConnectionId(connectionId: string): CallbackReply {
  return refusal(400, 'BadRequestException', `Invalid connectionId: ${connectionId}`);
}

export function described(body: unknown): CallbackReply {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

function refusal(status: number, errorType: string, message: string): CallbackReply {
  const headers = { 'content-type': 'application/json', 'x-amzn-ErrorType': errorType };
  return { status, headers, body: JSON.stringify({ message }) };
}
