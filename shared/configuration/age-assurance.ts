/**
 * How an age is known, weakest first: the user said so; the operator's app asked and vouches for it; somebody checked it,
 * such as a service for that or an app store.
 */
export const ageAssurances = ['declared', 'operator', 'attested'] as const;

export type AgeAssurance = (typeof ageAssurances)[number];
