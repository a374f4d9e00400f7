import type { Options } from '../command-line.ts';
export async function tryMutants(_options: Options, say: (line: string) => void): Promise<boolean> {
  say('none yet');
  return true;
}
