import {
  endPresence as endPresenceOf,
  type TellLeftDeps,
  type TellPresenceDeps,
  tellCame as tellCameOf,
  tellLeft as tellLeftOf,
} from '../presence/tell-presence.ts';
import type { Environment } from '../runtime/environment.ts';
import { together } from './compose.ts';
import { pushing } from './gateways.ts';
import { presenceDefault } from './settings.ts';
import { blocks, consent, lastActive, presenceWatches, settings } from './stores.ts';

// Whoever sees somebody come or go tells those who have asked for it.

/** What it takes to tell them. */
export const tellingPresence = { ...pushing, presenceWatches, blocks, settings, presenceDefault };

const cameDeps: (environment: Environment) => TellPresenceDeps = together(tellingPresence);
const leftDeps: (environment: Environment) => TellLeftDeps = together({
  ...tellingPresence,
  consent,
  lastActive,
});

export const tellCame = (environment: Environment) => {
  const deps = cameDeps(environment);
  return async (userId: string) => tellCameOf(deps, userId);
};
export const tellLeft = (environment: Environment) => {
  const deps = leftDeps(environment);
  return async (userId: string) => tellLeftOf(deps, userId);
};
export const tellLeftByClock = (environment: Environment) => {
  const deps = leftDeps(environment);
  return async (userId: string) => tellLeftOf(deps, userId, true);
};
export const tellCameByClock = (environment: Environment) => {
  const deps = cameDeps(environment);
  return async (userId: string) => tellCameOf(deps, userId, true);
};
export const endPresence = (environment: Environment) => {
  const deps = leftDeps(environment);
  return async (userId: string) => endPresenceOf(deps, userId);
};
