import { hasChromium } from './chromium.ts';

/** Where there is no browser the tests that need one are left out; CI must have it. */
export const inBrowser = hasChromium || process.env['CI'] !== undefined ? describe : describe.skip;
