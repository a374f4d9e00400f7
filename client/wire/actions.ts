import type { Action, ClientFrame, Result } from '../../shared/protocol/table.ts';

type WithoutHead<Frame> = Frame extends unknown ? Omit<Frame, 'action' | 'id'> : never;
/** The fields of an action's frame beside `action` and `id`. */
export type Fields<Name extends Action> = WithoutHead<Extract<ClientFrame, { action: Name }>>;

/** Sends one request and resolves with its ack, or rejects with a LapseError. */
export type Request = <Name extends Action>(
  action: Name,
  fields: Fields<Name>,
  id?: string,
) => Promise<Result<Name>>;
