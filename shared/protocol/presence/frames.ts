import * as z from 'zod/mini';
import { action, userId } from '../values.ts';

/** As many as one frame asks for, and one connection is told of. */
const mostAsked = 50;

/** Of these the connection is told from now on, and of no others; of nobody with none. */
export const presenceFrame = action('presence', { userIds: z.array(userId).check(z.maxLength(mostAsked)) });
