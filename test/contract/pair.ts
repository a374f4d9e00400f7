import { openDirect } from '../support/chat-person.ts';
import { type Entered, enter, leave } from './enter.ts';
import type { Deployment } from './topic.ts';

export type Pair = {
  readonly alice: Entered;
  readonly bob: Entered;
  readonly conversationId: string;
  /** False where the operator does not store messages: then nothing can be read again. */
  readonly stored: boolean;
};

/** Runs with alice and bob in their direct conversation, which may be older than this run. */
export async function withPair(deployment: Deployment, run: (pair: Pair) => Promise<void>): Promise<void> {
  const { people } = deployment;
  const [alice, bob] = await Promise.all([enter(deployment, people.alice), enter(deployment, people.bob)]);
  try {
    const conversationId = await openDirect(alice, bob.userId);
    await run({ alice, bob, conversationId, stored: alice.hello.retention.messages.stored });
  } finally {
    await leave(alice, bob);
  }
}
