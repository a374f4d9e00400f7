import { ProtocolError } from '../protocol/errors.ts';
import { frameId } from '../protocol/values.ts';

/** The JSON object of a client frame. */
export function parseFrame(body: string | null | undefined): object {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body ?? '');
  } catch (error) {
    if (error instanceof SyntaxError) throw new ProtocolError('INVALID_FRAME');
    throw error;
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    throw new ProtocolError('INVALID_FRAME');
  return parsed;
}

/** The id to echo in an error, if the frame has one at all. */
export function echoedId(body: string | null | undefined): string | null {
  try {
    const frame = parseFrame(body);
    const id = 'id' in frame ? frameId.safeParse(frame.id) : undefined;
    return id?.data ?? null;
  } catch (error) {
    if (error instanceof ProtocolError) return null;
    throw error;
  }
}
