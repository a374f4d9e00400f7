import { randomInt } from 'node:crypto';
import { requireFreePorts } from './require-free-ports.ts';

/**
 * Below what systems give to outgoing connections and to `listen(0)` (Linux from 32768, IANA from 49152): nobody is
 * handed one of these between the moment it is found free and the moment it is used.
 */
const first = 10_240;
const last = 32_767;

const attempts = 50;

/** The first of `count` ports in a row that nobody listens on, for programs that cannot be told to choose one. */
export async function freePort(count = 1): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    const port = randomInt(first, last - count + 2);
    try {
      await requireFreePorts(Array.from({ length: count }, (_, index) => port + index));
      return port;
    } catch (error) {
      if (attempt === attempts) throw error;
    }
  }
}
