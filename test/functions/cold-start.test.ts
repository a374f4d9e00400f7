import { readdirSync } from 'node:fs';
import { environmentVariables } from '../../shared/runtime/environment.ts';

const names = readdirSync('functions');
const variables = new Set<string>(Object.values(environmentVariables).map(({ name }) => name));

beforeAll(() => {
  for (const name of variables) delete process.env[name];
});

async function problemsOf(name: string): Promise<readonly string[]> {
  try {
    await import(`../../functions/${name}/handler.ts`);
  } catch (error) {
    const [, problems = ''] = String(error).match(/^Error: invalid environment: (.*)$/s) ?? [];
    return problems.split('; ').map((problem) => problem.split(':')[0] ?? '');
  }
  return [];
}

test.each(names)(
  '%s without its environment fails at its cold start, by the names of variables',
  async (name) => {
    const problems = await problemsOf(name);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.filter((problem) => !variables.has(problem))).toEqual([]);
  },
);

test('the error names all that are missing, not the first of them', async () => {
  expect((await problemsOf('open')).toSorted()).toEqual([
    'CALLBACK_URL',
    'CONNECTION_TABLE',
    'CONSENT_TABLE',
    'CONVERSATION_TABLE',
    'GROUPS',
    'LIMITS',
    'LIVE_TABLE',
    'MESSAGES_STORED',
    'MESSAGE_RETENTION_SECONDS',
    'METRIC_NAMESPACE',
    'NATIONAL_ID_COUNTRIES',
    'PERSONAL_TABLE',
    'POLICY_DIGEST',
    'POLICY_VERSION',
    'PRIVACY_TABLE',
    'PROFILES_STORED',
    'RATE_LIMIT_TABLE',
    'REACH',
    'ROOMS_OPENED',
    'SENDERS',
    'SENSITIVE_DATA',
  ]);
});
