import type { ChatApi } from '../../constructs/chat-api.ts';
import type { ChatFunctions } from '../chat-functions.ts';
import type { DataStack } from '../data-stack.ts';

/** What a feature needs to say who may touch what. */
export type Granting = {
  readonly fns: ChatFunctions;
  readonly data: DataStack;
  readonly api: ChatApi;
};
