import { projectRoot } from '../../infra/local/synthesis/synthesize.ts';
import { unitTests } from './unit-tests.ts';

const listed = unitTests(projectRoot).map((file) => file.slice(projectRoot.length + 1));

test.each([
  'test/shared/messages/recipients.test.ts',
  'test/infra/configuration/parse-configuration.test.ts',
  'test/client/terminal/parse.test.ts',
])('%s is a unit test', (file) => {
  expect(listed).toContain(file);
});

test.each([
  // A system of its own, an engine, a browser, programs.
  'test/e2e/conversation.test.ts',
  'test/infra/local/dynamodb/tables.test.ts',
  'test/client/web/web-chat.test.ts',
  'test/infra/app.test.ts',
])('%s is none', (file) => {
  expect(listed).not.toContain(file);
});
