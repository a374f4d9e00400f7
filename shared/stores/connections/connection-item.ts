import { type ChosenSettings, hiddenMarks } from '../personal/settings.ts';
import { type Connection, decodeConnection } from './connection.ts';

/** `muted` are those that a withdrawal has ended, until they are closed. */
export type Sockets = {
  readonly live: readonly Connection[];
  readonly muted: readonly Connection[];
  readonly untold?: true;
};

export type ConnectionItem = {
  readonly userId: string;
  readonly connections?: Set<string>;
  /** Those whose user has withdrawn, until they are closed: pushed to by nobody, since nobody looks for them here. */
  readonly muted?: Set<string>;
  readonly nextExpiry?: number;
  /** A copy of what the user has set, if they have. */
  readonly settings?: ChosenSettings;
  /** When somebody was told last of the user's coming and going. */
  readonly toldAt?: number;
  /** It is for the clock to tell. */
  readonly untold?: boolean;
};

export function connectionsOf(item: ConnectionItem | undefined): readonly Connection[] {
  const hides = hiddenMarks(item?.settings ?? {});
  const connections = decoded(item?.userId, item?.connections);
  return hides.length === 0 ? connections : connections.map((each) => ({ ...each, hides }));
}

/** What the row says of the user's sockets. */
export function socketsOf(item: ConnectionItem | undefined): Sockets {
  return {
    live: connectionsOf(item),
    muted: decoded(item?.userId, item?.muted),
    ...(item?.untold === true && { untold: true as const }),
  };
}

function decoded(userId = '', elements: ReadonlySet<string> = new Set()): readonly Connection[] {
  return [...elements].map((element) => decodeConnection(userId, element));
}
