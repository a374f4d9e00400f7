import { LapseError } from '../../wire/lapse-error.ts';

/** A token of the local system's issuer. An app of your own asks its identity provider here instead. */
export async function developmentToken(userId: string): Promise<string> {
  const response = await fetch(`/local/token?sub=${encodeURIComponent(userId)}`, { cache: 'no-store' });
  if (!response.ok) throw new LapseError('TOKEN_UNAVAILABLE', 'the local system gives no token', true);
  return (await response.text()).trim();
}
