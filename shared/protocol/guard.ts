import type { Feature } from './feature.ts';
import type { Sent } from './reply-values.ts';

export type Check = 'string' | 'number' | 'boolean' | ((value: unknown) => boolean);

type KeyOf<Value> = Value extends unknown ? keyof Value : never;
type Checks<Value> = { readonly [Key in KeyOf<Value>]?: Check };

/**
 * The fields by which a client tells what a feature's frames are. The schemas stay with the server: its word is taken,
 * and what the client's own code rests on is looked at.
 */
export type Guards<Part extends Feature> = {
  readonly acks: { readonly [Name in keyof Part['actions']]: Checks<Sent<Part['actions'][Name]['result']>> };
  readonly pushes: { readonly [Type in keyof Part['pushes']]: Checks<Sent<Part['pushes'][Type]['frame']>> };
};

export const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

export const listOf =
  (isItem: (item: unknown) => boolean) =>
  (value: unknown): boolean =>
    Array.isArray(value) && value.every(isItem);

/** Whether the fields are there, each as its check says. */
export const fits = (frame: object, checks: Readonly<Record<string, Check | undefined>>): boolean =>
  Object.entries(checks).every(([key, check]) => {
    const value: unknown = Reflect.get(frame, key);
    return typeof check === 'function' ? check(value) : check === undefined || typeof value === check;
  });

type AllChecks = Readonly<Record<string, Readonly<Record<string, Check | undefined>> | undefined>>;
/** Those of as many features as a client has. */
export type FrameGuards = { readonly acks: AllChecks; readonly pushes: AllChecks };
