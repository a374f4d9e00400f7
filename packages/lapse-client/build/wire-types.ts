import type { Action, Frame, Push, Result } from '../../../shared/protocol/table.ts';

/** What the protocol's table says of each action and push, by its name: as such it can be written out. */
export type Frames = { readonly [Name in Action]: Frame<Name> };
export type Results = { readonly [Name in Action]: Result<Name> };
export type Pushes = { readonly [Type in Push['type']]: Push<Type> };
