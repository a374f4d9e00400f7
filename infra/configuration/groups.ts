import { groupsSchema } from '../../shared/configuration/groups.ts';
import { section } from './section.ts';

/** Who reads what in a group, and who may add people; the functions are told the same shape. */
export const groups = section(groupsSchema.shape).prefault({});
