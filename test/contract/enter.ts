import assert from 'node:assert/strict';
import { connect, type Frame, type Person } from '../support/chat-person.ts';
import type { Deployment } from './topic.ts';

export type Entered = Person & { readonly hello: Frame };

/** On a socket, whatever was consented to before; the user id is what the deployment says, not the name. */
export async function arrive(deployment: Deployment, name: string): Promise<Entered> {
  const person = await connect(deployment, name);
  const hello = await person.call('hello');
  assert.equal(hello.type, 'ack', `hello: ${hello.error?.code}`);
  return { ...person, userId: hello.userId, hello };
}

/** A grant that holds everywhere: an adult, and the policy that is in force. */
export const grantOf = ({ hello }: Entered) => ({
  decision: 'grant',
  policyVersion: hello.consent.policyVersion,
  jurisdiction: 'KR',
  birthDate: '1990-05-17',
});

/** On a socket with consent. */
export async function enter(deployment: Deployment, name: string): Promise<Entered> {
  const person = await arrive(deployment, name);
  if (person.hello.consent.state === 'granted') return person;
  const { state } = await person.call('consent', grantOf(person));
  assert.equal(state, 'granted');
  await leave(person);
  return arrive(deployment, name);
}

export async function leave(...people: readonly Person[]): Promise<void> {
  for (const person of people) {
    person.socket.close();
    await person.closed;
  }
}
