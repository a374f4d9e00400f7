import type { HelloResult } from '../shared/protocol/session/table.ts';
import type { Handlers } from './wire/handlers.ts';

/** What one feature does beside the messages: an app that does not use it need not load it. */
export type ClientPart = {
  /** The pushes that it takes. */
  readonly pushes?: Partial<Handlers>;
  /** There is a connection, and what its hello lists has not been taken yet. */
  readonly begin?: (hello: HelloResult) => void;
  /** It has been taken: now the part tells what a new connection has to be told. */
  readonly resume?: () => void;
  /** The server knows nothing of this person any more. */
  readonly clear?: () => void;
  /** The client is closed. */
  readonly stop?: () => void;
};
