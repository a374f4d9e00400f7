import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  readConfigurationFile,
  readConfigurationText,
} from '../../../infra/configuration/read-configuration.ts';

test('a file is read', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'lapse-')), 'own.json');
  writeFileSync(file, '{"regions": ["eu-west-1"]}');
  expect(readConfigurationFile(file).regions).toEqual(['eu-west-1']);
});

test.each([
  ['none/own.json', 'no such file; create it, with {} for the defaults'],
  ['package.json/own.json', 'no such file; create it, with {} for the defaults'],
  ['docs', 'a folder; name the file in it'],
  ['x'.repeat(300), 'cannot be read (ENAMETOOLONG)'],
])('%s, which is no file, is named', (file, complaint) => {
  expect(() => readConfigurationFile(file)).toThrow(`${file}: ${complaint}`);
});

test('a byte order mark is passed over', () => {
  expect(readConfigurationText('own.json', '\uFEFF{"accessLog": false}').accessLog).toBe(false);
});

test('what is no JSON is said in one line', () => {
  expect(() => readConfigurationText('own.json', '{\n"messages":\n}')).toThrow(
    /^own\.json: not valid JSON: [^\n]+$/,
  );
});

test('the project comes with a configuration that is valid', () => {
  expect(readConfigurationFile('lapse.config.json').messages).toEqual({
    stored: true,
    retentionSeconds: 604_800,
    handoverSeconds: 0,
  });
});
