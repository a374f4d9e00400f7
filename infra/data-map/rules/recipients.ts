import { grantsOf } from '../access.ts';
import { functionsOf } from '../functions.ts';
import { mention } from '../references.ts';
import type { Rule } from './violation.ts';

/** The actions by which a function hands over what it knows. */
const handingOver = /^(lambda:Invoke|events:Put|sns:Publish|sqs:Send|kinesis:Put|firehose:Put|states:Start)/;

/** What a function may call outside of these stacks is told whatever the function sees. */
export const everyRecipientIsNamed: Rule = (system) => {
  const grants = grantsOf(system).filter(({ action }) => handingOver.test(action));
  const isHere = (on: string) => system.resources.some(({ id }) => on.includes(mention(id)));
  return functionsOf(system)
    .filter(({ name, resource: { recipient } }) =>
      grants.some(({ by, on }) => by === name && !isHere(on) && on !== recipient?.address),
    )
    .map(({ resource }) => ({
      rule: 'recipient-unnamed',
      resource,
      fault: 'may hand over what it sees to somebody who is not on the data map',
      fix: 'say with declareRecipient who that is, or take the grant away',
    }));
};
