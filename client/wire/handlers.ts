import type { Incoming, OtherPush } from './server-frame.ts';

type Pushed = Exclude<Incoming, { kind: 'ack' | 'error' | 'unknown' | 'bye' }>;
type By<Kind extends Pushed['kind']> = (push: Extract<Pushed, { kind: Kind }>['push']) => void;

/** What is done about each kind of push; what nobody does anything about goes to the app. */
export type Handlers = { messages: By<'messages'> } & { [Kind in Pushed['kind']]?: By<Kind> };

export function handle(
  handlers: Handlers,
  { kind, push }: Pushed,
  otherwise: (push: OtherPush) => void,
): void {
  // The compiler does not see that a kind and its push belong together.
  const handler = (handlers[kind] ?? otherwise) as (push: Pushed['push']) => void;
  handler(push);
}
