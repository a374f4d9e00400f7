import { exec } from 'node:child_process';
import { promisify } from 'node:util';
import { looksLikeToken, type TokenAnswer } from './token-answer.ts';

const run = promisify(exec);

/** What the person's own command prints: each connection asks anew, as a token ends within the hour. */
export async function commandToken(command: string): Promise<TokenAnswer> {
  try {
    const token = (await run(command)).stdout.trim();
    if (looksLikeToken(token)) return { ok: true, token };
    return {
      ok: false,
      message: 'what the token command prints is no token: it has to print the token alone',
    };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` with ${String(error.code)}` : '';
    return { ok: false, message: `the token command ended${code}: run it by itself to see why` };
  }
}
