import { unpacked, zipEntries } from '../../../../shared/media/processing/document/zip-entries.ts';
import { marker } from '../../../support/media/fixture.ts';
import { archive, pdfOf, streamOf } from '../../../support/media/made-documents.ts';
import { picture } from '../../../support/media/made-pictures.ts';
import { processed } from '../../../support/media/process.ts';
import { withMetadata } from '../../../support/media/with-metadata.ts';

const office = 'application/vnd.openxmlformats-officedocument';
const types = '<Types><Override PartName="/docProps/thumbnail.jpeg" ContentType="image/jpeg"/></Types>';
const rels = (...targets: readonly string[]): string =>
  `<Relationships>${targets.map((target, id) => `<Relationship Id="r${id}" Target="${target}"/>`).join('')}</Relationships>`;

/** Every part as it is when it is opened. */
const partsOf = (bytes: Uint8Array): Readonly<Record<string, Buffer>> =>
  Object.fromEntries(
    (zipEntries(Buffer.from(bytes)) ?? []).map((entry) => [entry.name, unpacked(entry, 10_000_000)]),
  );

const text = (bytes: Uint8Array): string =>
  Object.entries(partsOf(bytes))
    .map(([name, content]) => `${name}\n${content.toString('latin1')}`)
    .join('\n');

const wordBody = `<w:document><w:p w:rsidR="00AB12CD" w:rsidRDefault="00AB12CD"><w:ins w:id="1" w:author="${marker}" w:date="2020-01-02T03:04:05Z"><w:t>body</w:t></w:ins></w:p></w:document>`;

/** As Inkscape leaves it: with the folder of whoever drew it. */
const drawing = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" sodipodi:docname="${marker}.svg"><metadata>${marker}</metadata><path d="M0 0h9"/></svg>`;

const documents = {
  'a document of Word': [
    `${office}.wordprocessingml.document`,
    async () => ({
      '[Content_Types].xml': types,
      '_rels/.rels': rels('word/document.xml', 'docProps/core.xml', 'docProps/thumbnail.jpeg'),
      'docProps/core.xml': `<cp:coreProperties><dc:creator>${marker}</dc:creator></cp:coreProperties>`,
      'docProps/app.xml': `<Properties><Company>${marker}</Company></Properties>`,
      'docProps/custom.xml': `<Properties><property>${marker}</property></Properties>`,
      'docProps/thumbnail.jpeg': Buffer.from(marker),
      'word/document.xml': wordBody,
      'word/comments.xml': `<w:comments><w:comment w:author="${marker}" w:initials="${marker}" w:date="2020"/></w:comments>`,
      'word/people.xml': `<w15:people><w15:person w15:author="${marker}"><w15:presenceInfo w15:userId="${marker}"/></w15:person></w15:people>`,
      'word/settings.xml': `<w:settings><w:attachedTemplate r:id="r0"/><w:rsids><w:rsidRoot w:val="00AB12CD"/><w:rsid w:val="00AB12CD"/></w:rsids></w:settings>`,
      'word/_rels/settings.xml.rels': `<Relationships><Relationship Id="r0" Type="http://schemas/relationships/attachedTemplate" Target="file:///C:/Users/${marker}/t.dotx" TargetMode="External"/></Relationships>`,
      'word/media/image1.jpeg': withMetadata('jpeg', await picture('jpeg'), 6),
    }),
    ['<w:t>body</w:t>'],
  ],
  'a workbook of Excel': [
    `${office}.spreadsheetml.sheet`,
    async () => ({
      '[Content_Types].xml': types,
      'docProps/core.xml': `<dc:creator>${marker}</dc:creator>`,
      'xl/workbook.xml': `<workbook><mc:AlternateContent xmlns:mc="m"><mc:Choice Requires="x15"><x15ac:absPath url="C:\\Users\\${marker}\\"/></mc:Choice></mc:AlternateContent><sheets/></workbook>`,
      'xl/comments/comment1.xml': `<comments><authors><author>${marker}</author></authors></comments>`,
      'xl/persons/person.xml': `<personList><person displayName="${marker}" id="{1}" userId="${marker}"/></personList>`,
      'xl/worksheets/_rels/sheet1.xml.rels': rels('../printerSettings/printerSettings1.bin'),
      'xl/printerSettings/printerSettings1.bin': Buffer.from(marker),
    }),
    ['<sheets/>', '<author>Author</author>'],
  ],
  'slides of PowerPoint': [
    `${office}.presentationml.presentation`,
    async () => ({
      '[Content_Types].xml': types,
      'docProps/core.xml': `<dc:creator>${marker}</dc:creator>`,
      'ppt/commentAuthors.xml': `<p:cmAuthorLst><p:cmAuthor id="0" name="${marker}" initials="${marker}"/></p:cmAuthorLst>`,
      'ppt/media/image2.svg': drawing,
      'ppt/slides/slide1.xml': `<p:sld><p:cNvPr id="2" descr="C:\\Users\\${marker}\\a.png"/><a:t>body</a:t></p:sld>`,
    }),
    ['<a:t>body</a:t>', '<path d="M0 0h9"/>'],
  ],
  'a text of LibreOffice': [
    'application/vnd.oasis.opendocument.text',
    async () => ({
      mimetype: 'application/vnd.oasis.opendocument.text',
      'meta.xml': `<meta:initial-creator>${marker}</meta:initial-creator>`,
      'content.xml': `<office:annotation><dc:creator>${marker}</dc:creator><dc:date>2020</dc:date><text:p>body</text:p></office:annotation>`,
      'settings.xml': `<config:config-item config:name="PrinterName" config:type="string">${marker}</config:config-item>`,
      'Thumbnails/thumbnail.png': Buffer.from(marker),
      'META-INF/manifest.xml':
        '<manifest:file-entry manifest:full-path="Thumbnails/thumbnail.png" manifest:media-type="image/png"/><m/>',
    }),
    ['<text:p>body</text:p>'],
  ],
  'a document of Hancom': [
    'application/hwp+zip',
    async () => ({
      mimetype: 'application/hwp+zip',
      'Contents/content.hpf': `<opf:meta name="creator" content="text">${marker}</opf:meta><opf:meta name="date">2020</opf:meta><opf:item id="a"/>`,
      'Contents/section0.xml': '<hp:t>body</hp:t>',
      'Preview/PrvText.txt': marker,
      'Preview/PrvImage.png': Buffer.from(marker),
    }),
    ['<hp:t>body</hp:t>', '<opf:item id="a"/>'],
  ],
} as const;

test.each(Object.entries(documents))(
  '%s loses its author and keeps its text',
  async (_, [contentType, make, kept]) => {
    const source = archive(await make());
    expect(source.includes(marker)).toBe(true);
    const { bytes, facts } = await processed(source, 'file', contentType);
    expect(facts).toEqual({ contentType, bytes: bytes.length });
    const clean = text(bytes);
    expect(clean).not.toContain(marker);
    expect(clean).not.toMatch(/00AB12CD|2020|thumbnail|printerSettings\d/i);
    for (const part of kept) expect(clean).toContain(part);
    const again = await processed(bytes, 'file', contentType);
    expect(Buffer.from(again.bytes).equals(Buffer.from(bytes))).toBe(true);
  },
);

test('what a document of OpenDocument begins with stays first and unpacked', async () => {
  const [contentType, make] = documents['a text of LibreOffice'];
  const { bytes } = await processed(archive(await make()), 'file', contentType);
  expect(Buffer.from(bytes).toString('latin1', 30, 38 + contentType.length)).toBe(`mimetype${contentType}`);
});

test('an archive that is no document passes as it is, whatever is in it', async () => {
  const source = archive({ 'docProps/core.xml': marker });
  const { bytes } = await processed(source, 'file', 'application/zip');
  expect(Buffer.from(bytes).equals(source)).toBe(true);
});

const pages = '<</Type/Pages/Kids[3 0 R]/Count 1>>';
const remark = `<</Type/Annot/Subtype/Text/Rect[0 0 1 1]/T(${marker})/M(D:20200102)/Contents(body)>>`;

describe('a PDF', () => {
  test('loses Info, XMP, editors’ data, authors of remarks, Exif in pictures and what was deleted', async () => {
    const photo = withMetadata('jpeg', await picture('jpeg'));
    const source = pdfOf(
      [
        '<</Type/Catalog/Pages 2 0 R/Metadata 4 0 R>>',
        pages,
        `<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/PieceInfo<</Editor<</Private(${marker})>>>>/Annots[${remark}]/Resources<</XObject<</I 7 0 R>>>>>>`,
        streamOf('/Type/Metadata/Subtype/XML', Buffer.from(marker)),
        `<</Author(${marker})/Title(${marker})>>`,
        `<</Deleted(${marker})>>`,
        streamOf(
          '/Type/XObject/Subtype/Image/Width 64/Height 48/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode/Metadata 8 0 R',
          photo,
        ),
        streamOf('/Type/Metadata/Subtype/XML', Buffer.from(marker)),
      ],
      '/Info 5 0 R',
    );
    const { bytes, facts } = await processed(source, 'file', 'application/pdf');
    const clean = Buffer.from(bytes);
    expect(facts).toEqual({ contentType: 'application/pdf', bytes: bytes.length });
    expect(clean.includes(marker)).toBe(false);
    expect(clean.includes('20200102')).toBe(false);
    expect(clean.includes('(body)')).toBe(true);
    expect(clean.includes('\u00ff\u00d8', 0, 'latin1')).toBe(true);
    const again = await processed(bytes, 'file', 'application/pdf');
    expect(Buffer.from(again.bytes).equals(clean)).toBe(true);
  });

  test('keeps the names of the fields of a form', async () => {
    const field = '<</Type/Annot/Subtype/Widget/FT/Tx/Rect[0 0 1 1]/T(street)>>';
    const page = `<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Annots[${field}]>>`;
    const source = pdfOf(
      ['<</Type/Catalog/Pages 2 0 R>>', pages, page, `<</Author(${marker})>>`],
      '/Info 4 0 R',
    );
    const clean = Buffer.from((await processed(source, 'file', 'application/pdf')).bytes);
    expect(clean.includes('(street)')).toBe(true);
    expect(clean.includes(marker)).toBe(false);
  });

  test('with nothing to remove, or with a signature, passes as it is', async () => {
    const page = '<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>';
    const plain = pdfOf(['<</Type/Catalog/Pages 2 0 R>>', pages, page]);
    const signature = `<</Type/Sig/ByteRange[0 1 2 3]/Contents<00>/Name(${marker})>>`;
    const signed = pdfOf(
      [
        '<</Type/Catalog/Pages 2 0 R/Perms 4 0 R>>',
        pages,
        page,
        `<</DocMDP 5 0 R>>`,
        signature,
        `<</Author(${marker})>>`,
      ],
      '/Info 6 0 R',
    );
    for (const source of [plain, signed]) {
      const { bytes } = await processed(source, 'file', 'application/pdf');
      expect(Buffer.from(bytes).equals(source)).toBe(true);
    }
  });
});
