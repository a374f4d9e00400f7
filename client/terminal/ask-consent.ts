import type { HelloResult } from '../../shared/protocol/server-frames.ts';
import type { LapseClient } from '../lapse-client.ts';
import { LapseError } from '../lapse-error.ts';
import type { LineSource } from './line-source.ts';
import { renderConsent, renderError } from './render.ts';
import type { Screen } from './screen.ts';

/** Asks until it is granted; false when the person does not agree or leaves. */
export async function askConsent(
  client: LapseClient,
  hello: HelloResult,
  lines: LineSource,
  { write, ask, style }: Screen,
): Promise<boolean> {
  write(renderConsent(hello, style));
  for (;;) {
    ask('Do you agree? (yes/no) ');
    const agreed = (await lines.next())?.trim().toLowerCase();
    if (agreed === undefined || /^(n|no|\/quit)$/u.test(agreed)) return false;
    if (!/^(y|yes)$/u.test(agreed)) continue;
    ask('Where do you live? (ISO 3166: KR, FR, CA-QC…) ');
    const jurisdiction = (await lines.next())?.trim().toUpperCase();
    ask('Your birth date? (YYYY-MM-DD, not stored) ');
    const birthDate = (await lines.next())?.trim();
    if (jurisdiction === undefined || birthDate === undefined) return false;
    try {
      await client.consent({ policyVersion: hello.consent.policyVersion, jurisdiction, birthDate });
      return true;
    } catch (error) {
      if (!(error instanceof LapseError)) throw error;
      write(renderError(error, style));
      if (error.code === 'CONSENT_STALE') return false;
    }
  }
}
