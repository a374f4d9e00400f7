import type { HelloResult } from '../../../shared/protocol/session/table.ts';
import type { LapseClient } from '../../lapse-client.ts';
import { LapseError } from '../../wire/lapse-error.ts';
import { renderConsent, renderError } from '../rendering/render.ts';
import type { LineSource } from '../screen/line-source.ts';
import type { Screen } from '../screen/screen.ts';

/** Undefined for an answer that is none, to be asked for again. */
type Question<Answer> = {
  readonly text: string;
  readonly read: (line: string) => Answer | undefined;
  readonly hint: string;
};

const agreement: Question<boolean> = {
  text: 'Do you agree? (yes/no) ',
  read: (line) => (/^y(es)?$/iu.test(line) ? true : /^no?$/iu.test(line) ? false : undefined),
  hint: 'please answer yes or no',
};
const residence: Question<string> = {
  text: 'Where do you live? (ISO 3166: KR, FR, CA-QC…) ',
  read: (line) => /^[A-Z]{2}(-[A-Z0-9]{1,3})?$/u.exec(line.toUpperCase())?.[0],
  hint: 'a country is written in two letters, as KR or FR; some parts of one as CA-QC',
};
const birth: Question<string> = {
  text: 'Your birth date? (YYYY-MM-DD, not stored) ',
  read: (line) => (isDate(line) ? line : undefined),
  hint: 'please give year, month and day, as 1990-05-17',
};

/** The 31st of February is a day of March to `Date`. */
const isDate = (line: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/u.test(line) && new Date(line).toJSON()?.startsWith(line) === true;

/** Asks until it is granted; false when the person does not agree or leaves. */
export async function askConsent(
  client: Pick<LapseClient, 'consent'>,
  hello: HelloResult,
  lines: LineSource,
  { write, ask, style }: Screen,
): Promise<boolean> {
  /** Undefined when there are no more lines. */
  async function answerTo<Answer>({ text, read, hint }: Question<Answer>): Promise<Answer | undefined> {
    for (;;) {
      ask(text);
      const line = (await lines.next())?.trim();
      if (line === undefined || line === '/quit') return undefined;
      const answer = read(line);
      if (answer !== undefined) return answer;
      write(style.warning(hint));
    }
  }

  write(renderConsent(hello, style));
  for (;;) {
    const agreed = await answerTo(agreement);
    if (agreed === false) write(style.dim('without your agreement there is no chat, and nothing is kept'));
    if (agreed !== true) return false;
    const jurisdiction = await answerTo(residence);
    const birthDate = jurisdiction === undefined ? undefined : await answerTo(birth);
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
