import type { Environment } from '../runtime/environment.ts';
import { sensitiveDataGuard } from '../sensitive-data/sensitive-data-guard.ts';
import { metrics } from './settings.ts';

/** Apart from the settings: the rules of all countries are in the bundle of whoever takes texts, and of nobody else. */
export const guard = (environment: Environment) =>
  sensitiveDataGuard(
    environment.sensitiveData,
    { nationalIdCountries: environment.nationalIdCountries },
    metrics(environment),
  );
