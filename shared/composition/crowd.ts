import { crowd as crowdOf } from '../messages/crowd.ts';
import { now, pause } from './settings.ts';

/** As one execution environment knows it. */
export const crowd = () => crowdOf(now(), pause());
