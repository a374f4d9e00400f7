import { limitsSchema } from '../../../shared/configuration/limits.ts';

export const limits = limitsSchema.parse({});
