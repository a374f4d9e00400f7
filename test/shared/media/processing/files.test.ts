import { fixture, marker } from '../../../support/media/fixture.ts';
import { emptyZip, pdf, svg, zipBomb } from '../../../support/media/made-files.ts';
import { picture } from '../../../support/media/made-pictures.ts';
import { mismatch, processed } from '../../../support/media/process.ts';
import { withMetadata } from '../../../support/media/with-metadata.ts';

const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const anything = 'application/octet-stream';
const text = Buffer.from('two lines\nof text\n');

test.each([
  ['a PDF', pdf, 'application/pdf', 'application/pdf'],
  ['a PDF sent as bytes', pdf, anything, 'application/pdf'],
  ['a zip', zipBomb, 'application/zip', 'application/zip'],
  ['a document that is a zip inside', zipBomb, word, word],
  ['text', text, 'text/plain; charset=utf-8', anything],
  ['bytes of no kind', Buffer.alloc(64, 7), anything, anything],
  ['SVG', svg, 'image/svg+xml', anything],
  ['a page', Buffer.from('<!DOCTYPE html><script>1</script>'), 'text/html', anything],
])('%s passes as it is, under a type that nothing renders', async (_, source, declared, contentType) => {
  const { bytes, facts, derivatives } = await processed(source, 'file', declared);
  expect(Buffer.from(bytes).equals(source)).toBe(true);
  expect(facts).toEqual({ contentType, bytes: source.length });
  expect(derivatives).toEqual([]);
});

test.each([
  ['a zip called PDF', zipBomb, 'application/pdf'],
  ['text called PNG', text, 'image/png'],
  ['text called PDF', text, 'application/pdf'],
  ['a PDF that is an archive as well', Buffer.concat([pdf, emptyZip]), 'application/pdf'],
  ['a page called an executable', Buffer.from('<?xml version="1.0"?><a/>'), 'application/x-msdownload'],
])('%s is refused', async (_, source, declared) => {
  await expect(processed(source, 'file', declared)).rejects.toEqual(mismatch);
});

test('a picture sent as a file loses its metadata all the same', async () => {
  const plain = await picture('jpeg');
  const { bytes, facts, derivatives } = await processed(withMetadata('jpeg', plain, 6), 'file', anything);
  expect(Buffer.from(bytes).includes(marker)).toBe(false);
  expect(facts).toEqual({ contentType: 'image/jpeg', bytes: bytes.length });
  expect(derivatives).toEqual([]);
});

test('an AVIF that is sent as a file is cleaned too', async () => {
  const source = fixture('picture.avif');
  expect(source.includes(marker)).toBe(true);
  const { bytes, facts } = await processed(source, 'file', 'image/avif');
  expect(Buffer.from(bytes).includes(marker)).toBe(false);
  expect(facts.contentType).toBe('image/avif');
});
