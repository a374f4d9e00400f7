import * as z from 'zod';
import { ackOf, actions, errorFrame, pushes } from '../../shared/protocol/table.ts';

const acks = new Map<string, z.ZodType>(Object.entries(actions).map(([name, row]) => [name, ackOf(row)]));
const pushed = new Map<string, z.ZodType>(Object.entries(pushes).map(([type, { frame }]) => [type, frame]));
/** API Gateway's own, which no function wrote. */
const gatewayFrame = z.strictObject({
  message: z.string(),
  connectionId: z.string(),
  requestId: z.string(),
});

function schemaOf(type: unknown, action: string | undefined): z.ZodType | undefined {
  if (type === 'error') return errorFrame;
  if (type === 'ack') return acks.get(action ?? '');
  return type === undefined ? gatewayFrame : pushed.get(String(type));
}

/** What a frame of the server's says that docs/asyncapi.json does not, or lacks. */
export function frameFault(frame: { readonly type?: unknown }, action?: string): string | undefined {
  const schema = schemaOf(frame.type, action);
  if (schema === undefined) return `no such frame: ${JSON.stringify(frame)}`;
  const { error } = schema.safeParse(frame);
  return error && `${z.prettifyError(error)}\n${JSON.stringify(frame)}`;
}
