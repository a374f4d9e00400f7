import { type FrameGuards, fits } from '../../shared/protocol/guard.ts';
import type { Action, Push, Result } from '../../shared/protocol/table.ts';

/** Whether an ack answers this action; what this client has no guard for is taken at the server's word. */
export const isResult = <Name extends Action>(
  { acks }: FrameGuards,
  action: Name,
  reply: object,
): reply is Result<Name> & object => fits(reply, acks[action] ?? {});

/** Whether a frame is a push of this type. */
export function isPush<Type extends Push['type']>(
  { pushes }: FrameGuards,
  type: Type,
  frame: object,
): frame is Push<Type> {
  const checks = pushes[type];
  return checks !== undefined && 'type' in frame && frame.type === type && fits(frame, checks);
}
