import { looksLikeToken, type TokenAnswer } from './token-answer.ts';

/** Asks the local system for a development token, which is also how one notices that none is running. */
export async function localToken(port: number, userId: string, get: typeof fetch): Promise<TokenAnswer> {
  const url = `http://127.0.0.1:${port}/local/token?sub=${encodeURIComponent(userId)}`;
  try {
    const response = await get(url);
    const body = (await response.text()).trim();
    if (response.ok && looksLikeToken(body)) return { ok: true, token: body };
    if (response.status === 400) return { ok: false, message: `"${userId}" cannot be a user name here` };
    return {
      ok: false,
      message: `what answers on port ${port} is not Lapse: give the port of "npm start" with --port`,
    };
  } catch {
    return {
      ok: false,
      message: `no local system answers on port ${port}: start it with "npm start", or give its port with --port`,
    };
  }
}
