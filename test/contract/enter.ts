import assert from 'node:assert/strict';
import { connect, type Frame, type Person } from '../support/chat-person.ts';
import { met } from './met.ts';
import type { Deployment } from './topic.ts';

export type Entered = Person & { readonly hello: Frame };

/** On a socket, whatever was consented to before; the user id is what the deployment says, not the name. */
export async function arrive(deployment: Deployment, name: string): Promise<Entered> {
  const person = noting(await connect(deployment, name));
  const hello = await person.call('hello');
  assert.equal(hello.type, 'ack', `hello: ${hello.error?.code}`);
  return { ...person, userId: hello.userId, hello };
}

/** Whose acks and pushes are known to have come. */
function noting(person: Person): Person {
  person.socket.on('message', () => {
    for (const { type } of person.pushes) met.pushes.add(type);
  });
  return {
    ...person,
    async call(action, fields) {
      const reply = await person.call(action, fields);
      if (reply.type === 'ack') met.actions.add(action);
      return reply;
    },
  };
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

/** Runs with somebody without consent, whatever they did in an earlier run. */
export async function without(
  deployment: Deployment,
  name: string,
  run: (person: Entered) => Promise<void>,
): Promise<void> {
  let person = await arrive(deployment, name);
  if (person.hello.consent.state === 'granted') {
    await person.call('consent', { decision: 'withdraw' });
    await person.closed;
    person = await arrive(deployment, name);
  }
  try {
    await run(person);
  } finally {
    await leave(person);
  }
}

export async function leave(...people: readonly Person[]): Promise<void> {
  for (const person of people) {
    person.socket.close();
    await person.closed;
  }
}
