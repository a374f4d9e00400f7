import { ConfigurationError } from '../configuration/configuration-error.ts';
import type { ReviewConfiguration } from '../configuration/review.ts';
import type { ChatFunction } from '../constructs/chat-function.ts';
import { declareRecipient } from '../data-map/recipient.ts';
import type { ChatSystem } from './chat-system.ts';

/** The operator's own function reads what people write before it is placed. What it is told is on the data map, with who is behind it. */
export function addReview(system: ChatSystem, placing: readonly ChatFunction[]): void {
  const { review } = system.configuration;
  if (review === undefined) return;
  requireRegion(review, system.stack.region);
  for (const fn of placing) {
    fn.allow(['lambda:InvokeFunction'], [review.functionArn]);
    declareRecipient(fn.lambda, {
      name: review.recipient,
      address: review.functionArn,
      kinds: ['message'],
      purpose: 'what a message is to say, by whom and in which conversation: allows, changes or refuses it',
    });
  }
  system.addAlarm('ReviewFailures', {
    metric: system.metric({ name: 'ReviewFailures', statistic: 'Sum' }),
    above: 5,
    periods: 2,
    section: 'review-failures',
    says: 'The function that reviews messages comes to no verdict: they are not sent',
  });
}

function requireRegion({ functionArn }: ReviewConfiguration, region: string): void {
  const there = functionArn.split(':')[3];
  if (there === region) return;
  throw new ConfigurationError([
    `review.functionArn: the function is in ${there}; allowed: one in ${region}, where the messages are`,
  ]);
}
