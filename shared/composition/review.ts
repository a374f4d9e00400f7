import { type Review, review as reviewWith } from '../review/review.ts';
import { reviewer } from '../review/reviewer-gateway.ts';
import type { Environment } from '../runtime/environment.ts';
import { reviewClient } from './aws-clients.ts';
import { guard } from './guard.ts';
import { limits, metrics } from './settings.ts';

/** Undefined where the operator has no function that reviews. Of who takes the words of people, and of nobody else. */
export const review = (environment: Environment): Review | undefined => {
  const { reviewFunction, reviewMillis } = environment;
  if (reviewFunction === '') return undefined;
  return reviewWith({
    reviewer: reviewer(reviewClient(reviewMillis), reviewFunction),
    guard: guard(environment),
    limits: limits(environment),
    metrics: metrics(environment),
  });
};
