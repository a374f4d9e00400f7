import { startTestSystem } from '../support/local-system.ts';
import { synthesizedAssembly } from '../support/synthesized-assembly.ts';
import { tokenOfBytes } from '../support/token-of-bytes.ts';
import type { Deployment } from './topic.ts';

const busArn = 'arn:aws:events:ap-northeast-2:111122223333:event-bus/chat';

/** A local system of its own, on a free port. */
export async function startLocalDeployment(): Promise<Deployment & { close(): Promise<void> }> {
  const system = await startTestSystem({
    assemblyFolder: await synthesizedAssembly({ notifications: { busArn, recipient: 'the tests' } }),
  });
  return {
    url: system.url,
    token: (userId) => system.token(userId),
    longToken: (userId, bytes) => tokenOfBytes(system, userId, bytes),
    people: { alice: 'alice', bob: 'bob', carol: 'carol', mallory: 'mallory', young: 'young' },
    close: () => system.close(),
  };
}
