import { grantsOf } from '../access.ts';
import { functionsOf } from '../functions.ts';
import type { Rule } from './violation.ts';

/** Who may put events on a bus says which, and who receives them there. */
export const everyRecipientIsNamed: Rule = (system) => {
  const puts = grantsOf(system).filter(({ action }) => /^(events:PutEvents|events:\*|\*)$/.test(action));
  return functionsOf(system)
    .filter(({ name, resource }) => puts.some(({ by, on }) => by === name && on !== resource.recipient?.bus))
    .map(({ resource }) => ({
      rule: 'recipient-unnamed',
      resource,
      fault: 'may put events on a bus, and nothing says who receives them',
      fix: 'name the bus and its recipient with `declareRecipient`, and grant that bus alone',
    }));
};
