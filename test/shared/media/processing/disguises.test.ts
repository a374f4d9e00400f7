import { fixture } from '../../../support/media/fixture.ts';
import { emptyZip, page, pdf, svg, zipBomb } from '../../../support/media/made-files.ts';
import { picture } from '../../../support/media/made-pictures.ts';
import { mismatch, processed } from '../../../support/media/process.ts';

test.each([
  ['a picture called sound', () => picture('jpeg'), 'audio', 'image/jpeg'],
  ['a film called sound', async () => fixture('film.mp4'), 'audio', 'audio/mp4'],
  ['sound called a film', async () => fixture('tone.m4a'), 'video', 'video/mp4'],
  ['SVG', async () => svg, 'image', 'image/svg+xml'],
  ['SVG called PNG', async () => svg, 'image', 'image/png'],
  ['JPEG XL, which nothing here decodes', async () => fixture('picture.jxl'), 'image', 'image/jxl'],
  ['nothing', async () => Buffer.alloc(0), 'image', 'image/png'],
  ['a page called a picture', async () => page, 'image', 'image/gif'],
] as const)('%s is refused', async (_, source, kind, contentType) => {
  await expect(processed(await source(), kind, contentType)).rejects.toEqual(mismatch);
});

test.each(['jpeg', 'png', 'gif', 'webp'] as const)(
  'a %s that is something else as well is refused',
  async (format) => {
    const plain = await picture(format);
    const contentType = `image/${format}`;
    for (const disguise of [
      Buffer.concat([plain, emptyZip]),
      Buffer.concat([plain, zipBomb]),
      Buffer.concat([plain, page]),
      Buffer.concat([page, plain]),
      Buffer.concat([pdf, plain]),
      Buffer.concat([plain.subarray(0, 12), pdf, plain.subarray(12)]),
    ])
      await expect(processed(disguise, 'image', contentType)).rejects.toEqual(mismatch);
  },
);

test('a JPEG with a document in a comment is refused', async () => {
  const plain = await picture('jpeg');
  const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, pdf.length + 2]), pdf]);
  const disguise = Buffer.concat([plain.subarray(0, 2), comment, plain.subarray(2)]);
  await expect(processed(disguise, 'image', 'image/jpeg')).rejects.toEqual(mismatch);
});

test.each(['tone.mp3', 'tone.ogg', 'film.mp4', 'film.webm'])(
  '%s with an archive or a page at its end is refused',
  async (name) => {
    const [kind, contentType] = name.startsWith('film')
      ? (['video', `video/${name.slice(5)}`] as const)
      : (['audio', `audio/${name.slice(5)}`] as const);
    for (const tail of [emptyZip, page])
      await expect(processed(Buffer.concat([fixture(name), tail]), kind, contentType)).rejects.toEqual(
        mismatch,
      );
  },
);

test('a PNG called JPEG, as many are, is sent as what it is', async () => {
  const { facts } = await processed(await picture('png'), 'image', 'image/jpeg');
  expect(facts.contentType).toBe('image/png');
});

test('content types go by all their names, with or without parameters', async () => {
  await expect(processed(await picture('jpeg'), 'image', 'image/JPG')).resolves.toBeDefined();
  await expect(processed(fixture('tone.ogg'), 'audio', 'audio/ogg; codecs=opus')).resolves.toBeDefined();
  await expect(processed(fixture('tone.m4a'), 'audio', 'audio/x-m4a')).resolves.toBeDefined();
});
