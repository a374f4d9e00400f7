import type { Mutant } from './mutant.ts';
import { access } from './table/access.ts';
import { age } from './table/age.ts';
import { chatStores } from './table/chat-stores.ts';
import { dataMap } from './table/data-map.ts';
import { privacyStores } from './table/privacy-stores.ts';

export const mutants: readonly Mutant[] = [...chatStores, ...privacyStores, ...access, ...age, ...dataMap];
