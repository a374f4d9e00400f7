import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { projectRoot } from '../../infra/local/synthesis/synthesize.ts';
import { synthesizedAssembly } from '../support/synthesized-assembly.ts';

let server: Server;
let endpoint: string;
/** What CloudFormation has, by the name of the stack. */
const deployed = new Map<string, string>();

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** CloudFormation's answer in its own query protocol. */
function answer(stackName: string): string {
  const body = deployed.get(stackName);
  return body === undefined
    ? `<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code><Message>Stack with id ${stackName} does not exist</Message></Error><RequestId>r</RequestId></ErrorResponse>`
    : `<GetTemplateResponse><GetTemplateResult><TemplateBody>${escaped(body)}</TemplateBody></GetTemplateResult></GetTemplateResponse>`;
}

beforeAll(async () => {
  const folder = await synthesizedAssembly();
  for (const name of ['Lapse-Data', 'Lapse-Chat'])
    deployed.set(name, readFileSync(join(folder, `${name}.template.json`), 'utf8'));
  server = createServer(async (request, response) => {
    const stackName = new URLSearchParams(await textOf(request)).get('StackName') ?? '';
    response.statusCode = deployed.has(stackName) ? 200 : 400;
    response.setHeader('content-type', 'text/xml');
    response.end(answer(stackName));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  endpoint = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
});
afterAll(() => {
  server.close();
});

async function admin(...args: readonly string[]) {
  const child = spawn(process.execPath, ['admin/main.ts', 'data-map', ...args], {
    cwd: projectRoot,
    env: {
      ...process.env,
      AWS_ENDPOINT_URL_CLOUDFORMATION: endpoint,
      AWS_REGION: 'ap-northeast-2',
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'secret',
    },
  });
  const [out, err, [code]] = await Promise.all([
    textOf(child.stdout),
    textOf(child.stderr),
    once(child, 'close'),
  ]);
  return { out, err, code };
}

test('the configuration is as the committed map says', async () => {
  expect(await admin('--check')).toEqual({
    out: `${join(projectRoot, 'lapse.config.json')} is as docs/data-map.json says\n`,
    err: '',
    code: 0,
  });
});

test('it tells people and programs', async () => {
  const { out, code } = await admin('--stack', 'Lapse-Chat');
  expect([code, out]).toEqual([
    0,
    expect.stringMatching(/ {2}messages +message +Amazon DynamoDB +ap-northeast-2 +7 d;/),
  ]);
  const json = JSON.parse((await admin('--stack', 'Lapse-Chat', '--json')).out);
  expect(json).toEqual(JSON.parse(readFileSync(join(projectRoot, 'docs/data-map.json'), 'utf8')));
});

test('a deployed stack that is as the map says passes, with the stack that it imports from', async () => {
  expect(await admin('--check', '--stack', 'Lapse-Chat')).toEqual({
    out: 'stack Lapse-Chat is as docs/data-map.json says\n',
    err: '',
    code: 0,
  });
});

test('a deployed stack that is otherwise fails, and what is otherwise is named', async () => {
  const body = deployed.get('Lapse-Data') ?? '';
  const template = JSON.parse(body);
  for (const [id, resource] of Object.entries<any>(template.Resources)) {
    if (id.startsWith('RetriesDeadLetters') && resource.Type === 'AWS::SQS::Queue')
      resource.Properties.MessageRetentionPeriod = 1_209_600;
    if (id.startsWith('MediaBucket') && resource.Type === 'AWS::S3::Bucket')
      resource.Properties.VersioningConfiguration = { Status: 'Enabled' };
    if (id.startsWith('PrivacyTable')) delete resource.Metadata;
  }
  deployed.set('Lapse-Data', JSON.stringify(template));
  const { out, code } = await admin('--check', '--stack', 'Lapse-Chat');
  deployed.set('Lapse-Data', body);
  expect(code).toBe(1);
  expect(out).toContain('store retryDeadLetters retention: the map says "4 d", deployed is "14 d"');
  expect(out).toContain('store privacy: on the map, not deployed');
  expect(out).toMatch(/Lapse-Data\/MediaBucket\w+ is a versioned bucket/);
  expect(out).toMatch(/Lapse-Data\/PrivacyTable\w+ is not on the data map/);
});

test.each([
  [['--stack', 'Elsewhere'], 'stack Elsewhere: ValidationError: Stack with id Elsewhere does not exist\n'],
  [['--config', 'none.json'], expect.stringContaining('none.json: no such file')],
  [['alice'], 'data-map takes no id\n'],
  [['--check', '--force'], "Unknown option '--force'; --help shows what there is\n"],
])('%j is refused in one line', async (args, complaint) => {
  expect(await admin(...args)).toEqual({ out: '', err: complaint, code: 1 });
});
