import { App } from 'aws-cdk-lib';
import { configurationFrom, regionFrom } from '../../infra/cdk-context.ts';
import { parseConfiguration } from '../../infra/configuration/parse-configuration.ts';
import { templates } from './support/templates.ts';

const both = parseConfiguration('test', { regions: ['eu-west-1', 'eu-central-1'] });
const nodeWith = (context: Record<string, unknown>) => new App({ context }).node;

afterEach(() => {
  delete process.env['CDK_DEFAULT_REGION'];
});

test("the first of the operator's regions is the default", () => {
  expect(regionFrom(nodeWith({}), both)).toBe('eu-west-1');
});

test("the region of the CDK CLI is taken when it is one of the operator's", () => {
  process.env['CDK_DEFAULT_REGION'] = 'eu-central-1';
  expect(regionFrom(nodeWith({}), both)).toBe('eu-central-1');
});

test("the region of the CDK CLI is no way out of the operator's", () => {
  process.env['CDK_DEFAULT_REGION'] = 'us-east-1';
  expect(regionFrom(nodeWith({}), both)).toBe('eu-west-1');
});

test('a region can be asked for', () => {
  expect(regionFrom(nodeWith({ region: 'eu-central-1' }), both)).toBe('eu-central-1');
});

test("a region that is not the operator's is refused when asked for", () => {
  expect(() => regionFrom(nodeWith({ region: 'us-east-1' }), both)).toThrow(
    'region us-east-1: not in regions; allowed: eu-west-1, eu-central-1',
  );
});

test("no stack can be made in a region that is not the operator's", () => {
  expect(() => templates({}, 'us-east-1')).toThrow(
    'region us-east-1: not in regions; allowed: ap-northeast-2',
  );
});

test('a configuration can come inline', () => {
  expect(configurationFrom(nodeWith({ lapse: '{"accessLog": false}' })).accessLog).toBe(false);
  expect(configurationFrom(nodeWith({ lapse: { accessLog: false } })).accessLog).toBe(false);
});

test('a fault of an inline configuration names the context', () => {
  expect(() => configurationFrom(nodeWith({ lapse: { accessLog: 0 } }))).toThrow(
    'context lapse: accessLog: allowed: true or false',
  );
});

test('a file and an inline configuration are one too many', () => {
  expect(() => configurationFrom(nodeWith({ lapse: {}, config: 'lapse.config.json' }))).toThrow(
    'context config: allowed: only without context lapse, which stands in its place',
  );
});

test('another file can be named', () => {
  expect(() => configurationFrom(nodeWith({ config: 'none.json' }))).toThrow('none.json: no such file');
});
