import type { ChatEndpoint } from '../support/chat-person.ts';

/** What the suite is told of a deployment; the people are names that its token issuer knows. */
export type Deployment = ChatEndpoint & {
  /** A token at least as long; absent where the issuer is not ours to ask for one. */
  readonly longToken?: (userId: string, bytes: number) => Promise<string>;
  readonly people: {
    readonly alice: string;
    readonly bob: string;
    readonly carol: string;
    readonly mallory: string;
    /** Refused for their age, which is remembered: nobody else's part can be played by them. */
    readonly young: string;
  };
};

export type Check = readonly [name: string, run: (deployment: Deployment) => Promise<void>];

export type Topic = { readonly title: string; readonly checks: readonly Check[] };
