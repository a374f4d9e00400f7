import { ProtocolError } from '../../protocol/errors.ts';

/** What does not hold means that the bytes are not what they were declared to be. */
export function refuseUnless(holds: boolean): asserts holds {
  if (!holds) throw new ProtocolError('MEDIA_MISMATCH');
}
