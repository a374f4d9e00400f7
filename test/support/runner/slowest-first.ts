import { createRequire } from 'node:module';
import { slowest } from './slowest.ts';

type Test = { readonly path: string };

const require = createRequire(import.meta.url);
const { default: Sequencer } = require('@jest/test-sequencer');

/** Jest learns what takes long, but only where it has run before; what is long and begins last is waited for alone. */
export default class SlowestFirst extends Sequencer {
  sort(tests: readonly Test[]): readonly Test[] {
    const place = ({ path }: Test) => {
      const at = slowest.findIndex((file) => path.endsWith(file));
      return at === -1 ? slowest.length : at;
    };
    return super.sort(tests).toSorted((one: Test, other: Test) => place(one) - place(other));
  }
}
