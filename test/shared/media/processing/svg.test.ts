import { gunzipSync, gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { marker } from '../../../support/media/fixture.ts';
import { picture } from '../../../support/media/made-pictures.ts';
import { mismatch, processed } from '../../../support/media/process.ts';
import { withMetadata } from '../../../support/media/with-metadata.ts';

const anything = 'application/octet-stream';
const svg = 'http://www.w3.org/2000/svg';
const cleanBytes = async (source: Buffer): Promise<Buffer> =>
  Buffer.from((await processed(source, 'file', 'image/svg+xml')).bytes);
const clean = async (source: string): Promise<string> => (await cleanBytes(Buffer.from(source))).toString();

const inkscape = [
  `xmlns:ink="http://www.inkscape.org/namespaces/inkscape"`,
  `xmlns:sodipodi='http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd'`,
  `sodipodi:docname="${marker}.svg" ink:export-filename="/home/${marker}/a.png"`,
].join(' ');

/** What is written around it, and what arrives of it. */
const gone: Readonly<Record<string, readonly [source: string, arrives: string]>> = {
  'a comment': [`<svg xmlns="${svg}"><!-- ${marker} --><g/></svg>`, `<svg xmlns="${svg}"><g/></svg>`],
  'comments around it': [`<!--${marker}--><svg xmlns="${svg}"/><!--${marker}-->`, `<svg xmlns="${svg}"/>`],
  'an instruction': [
    `<?xml version="1.0"?><?${marker} a="b"?><svg xmlns="${svg}"/>`,
    `<?xml version="1.0"?><svg xmlns="${svg}"/>`,
  ],
  metadata: [
    `<svg xmlns="${svg}"><metadata id="m"><a><metadata/>${marker}</a></metadata><g/></svg>`,
    `<svg xmlns="${svg}"><g/></svg>`,
  ],
  'metadata under a prefix': [
    `<s:svg xmlns:s="${svg}"><s:metadata>${marker}</s:metadata><s:g/></s:svg>`,
    `<s:svg xmlns:s="${svg}"><s:g/></s:svg>`,
  ],
  'what Inkscape notes, under any prefix': [
    `<svg xmlns="${svg}" ${inkscape}><sodipodi:namedview ink:cx="${marker}"><g/></sodipodi:namedview><g ink:label="${marker}" id="g1"/></svg>`,
    `<svg xmlns="${svg}"><g id="g1"/></svg>`,
  ],
  'elements that declare their own namespace': [
    `<svg xmlns="${svg}"><x xmlns="http://ns.adobe.com/x"><g>${marker}</g></x><g/></svg>`,
    `<svg xmlns="${svg}"><g/></svg>`,
  ],
  'what Illustrator notes, by names of its document type': [
    `<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd" [<!ENTITY ns_ai "http://ns.adobe.com/${marker}/"> <!ENTITY ns_svg "${svg}">]><svg xmlns="&ns_svg;" xmlns:i="&ns_ai;" i:viewOrigin="1"><i:pgf>${marker}</i:pgf><g/></svg>`,
    `<svg xmlns="${svg}"><g/></svg>`,
  ],
  'where it lay': [
    `<svg xmlns="${svg}" xml:base="file:///C:/${marker}" xml:space="preserve"><a href="C:\\Users\\${marker}\\a.png"/><a xlink:href="file:///home/${marker}"/></svg>`,
    `<svg xmlns="${svg}" xml:space="preserve"><a/><a/></svg>`,
  ],
  'a name that nothing declares': [
    `<svg xmlns="${svg}"><g inkscape:label="${marker}"/><rdf:RDF>${marker}</rdf:RDF></svg>`,
    `<svg xmlns="${svg}"><g/></svg>`,
  ],
  'all of it where no namespace is said': [
    `<svg><metadata>${marker}</metadata><g/></svg>`,
    '<svg><g/></svg>',
  ],
};

test.each(Object.entries(gone))(
  '%s does not arrive, and the rest arrives as it was',
  async (_, [source, arrives]) => {
    expect(source).toContain(marker);
    expect(await clean(source)).toBe(arrives);
  },
);

test.each([
  `<?xml version="1.0" encoding="UTF-8" standalone="no"?>\r\n<svg xmlns="${svg}" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox='0 0 9 9'><title>cat</title><desc>d</desc><use xlink:href="#a"/><style><![CDATA[a > b { fill: "<!-- -->" }]]></style><text>&lt;!-- a --&gt; é</text></svg>\n`,
  `<svg xmlns="${svg}"><foreignObject><p xmlns="http://www.w3.org/1999/xhtml">a</p></foreignObject><script>if (a &amp;&amp; b) 1</script></svg>`,
])('what draws stays byte for byte: %#', async (source) => {
  expect(await clean(source)).toBe(source);
});

test.each([
  ['text', `a <!-- ${marker} --> b`],
  ['other XML', `<a><!-- ${marker} --></a>`],
  ['a page', `<!DOCTYPE html><svg xmlns="${svg}"><!-- ${marker} --></svg>`],
  ['an SVG that does not end', `<svg xmlns="${svg}"><!-- ${marker} --><g>`],
  ['one whose elements cross', `<svg xmlns="${svg}"><!-- ${marker} --><g><a></g></a></svg>`],
  ['one whose attribute is not quoted', `<svg xmlns="${svg}" a=b><!-- ${marker} --></svg>`],
  ['one with two roots', `<svg xmlns="${svg}"/><svg xmlns="${svg}"><!-- ${marker} --></svg>`],
  [
    'one whose names grow',
    `<!DOCTYPE svg [<!ENTITY a "&b;"><!ENTITY b "1">]><svg xmlns="${svg}"><!-- ${marker} -->&a;</svg>`,
  ],
  [
    'one that asks for a file',
    `<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg xmlns="${svg}"><!-- ${marker} -->&a;</svg>`,
  ],
  [
    'one whose name stands too often',
    `<!DOCTYPE svg [<!ENTITY a "${'1'.repeat(900)}">]><svg xmlns="${svg}">${'&a;'.repeat(900)}</svg>`,
  ],
  [
    'one that would grow',
    `<!DOCTYPE svg [<!ENTITY a "${'1'.repeat(900)}">]><svg xmlns="${svg}">${' '.repeat(90_000)}${'&a;'.repeat(90)}</svg>`,
  ],
  ['one nested too deep', `<svg xmlns="${svg}"><!-- -->${'<g>'.repeat(5_000)}${'</g>'.repeat(5_000)}</svg>`],
])('%s passes as it is', async (_, source) => {
  expect(await clean(source)).toBe(source);
});

test('the names of a document type that goes are written out where they draw', async () => {
  const source = `<!DOCTYPE svg [<!ENTITY red "#f00"><!-- ${marker} --><!ENTITY t 'two'>]><svg xmlns="${svg}"><g fill="&red;">&t; &amp;&#38;</g></svg>`;
  expect(await clean(source)).toBe(`<svg xmlns="${svg}"><g fill="#f00">two &amp;&#38;</g></svg>`);
});

const noted = `<svg xmlns="${svg}"><!-- ${marker} --><text>é</text></svg>`;
const plain = `<svg xmlns="${svg}"><text>é</text></svg>`;
const swapped = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
const declared = '<?xml version="1.0" encoding="ISO-8859-1"?>';

test.each([
  ['UTF-8 with a mark', Buffer.from(`\ufeff${noted}`), Buffer.from(`\ufeff${plain}`)],
  ['Latin 1', Buffer.from(declared + noted, 'latin1'), Buffer.from(declared + plain, 'latin1')],
  ['UTF-16', Buffer.from(`\ufeff${noted}`, 'utf16le'), Buffer.from(`\ufeff${plain}`, 'utf16le')],
  ['UTF-16 without a mark', Buffer.from(noted, 'utf16le'), Buffer.from(plain, 'utf16le')],
  ['UTF-16, the other way round', swapped(`\ufeff${noted}`), swapped(`\ufeff${plain}`)],
])('in %s too', async (_, source, arrives) => {
  expect((await cleanBytes(source)).equals(arrives)).toBe(true);
});

test('a packed SVG loses what is in it, and the name that it was packed under', async () => {
  const packed = gzipSync(noted);
  const named = Buffer.concat([packed.subarray(0, 10), Buffer.from(`${marker}.svg\0`), packed.subarray(10)]);
  named.writeUInt8(8, 3);
  named.writeUInt32LE(1_577_934_245, 4);
  const { bytes, facts } = await processed(named, 'file', 'image/svg+xml');
  expect(facts).toEqual({ contentType: 'application/gzip', bytes: bytes.length });
  expect(Buffer.from(bytes).includes(marker)).toBe(false);
  expect(Buffer.from(bytes).readUInt32LE(4)).toBe(0);
  expect(gunzipSync(bytes).toString()).toBe(plain);
});

test('anything else that is packed passes as it is, and is not unpacked', async () => {
  for (const source of [gzipSync('a tar'), gzipSync(Buffer.alloc(70_000_000, '<a>'))])
    expect((await cleanBytes(source)).equals(source)).toBe(true);
});

test('a picture in it loses what its camera says', async () => {
  const bare = await picture('jpeg');
  const photo = withMetadata('jpeg', bare).toString('base64').replace(/.{76}/g, '$&&#10;\n');
  const inner = Buffer.from(noted).toString('base64');
  const arrived = await clean(
    `<svg xmlns="${svg}"><image href="data:image/jpeg;base64,${photo}"/><image href='data:image/svg+xml;base64,${inner}'/></svg>`,
  );
  const [jpeg = '', nested = ''] = [...arrived.matchAll(/base64,([^"']*)/g)].map(
    ([, written = '']) => written,
  );
  expect(Buffer.from(jpeg, 'base64').includes(marker)).toBe(false);
  expect(Buffer.from(jpeg, 'base64').toString('hex', 0, 3)).toBe('ffd8ff');
  expect(Buffer.from(nested, 'base64').toString()).toBe(plain);
});

test('it is sent as a file only, and handed out as bytes that nothing renders', async () => {
  await expect(processed(Buffer.from(noted), 'image', 'image/svg+xml')).rejects.toEqual(mismatch);
  const { facts } = await processed(Buffer.from(noted), 'file', 'image/svg+xml');
  expect(facts).toEqual({ contentType: anything, bytes: Buffer.byteLength(plain) });
});

/** The same drawing twice: as its editor wrote it, and without what is its editor's. */
type Twin = readonly [noted: string, plain: string];
const both = (text: string): Twin => [text, text];
const joined = (twins: readonly Twin[]): Twin => [
  twins.map(([one]) => one).join(''),
  twins.map(([, other]) => other).join(''),
];
const attribute = fc.constantFrom<Twin>(
  ...[' a="1>2"', " b = '\"'", '\n\tc="<"'.replace('<', '&lt;'), ' xml:lang="de"', ' xlink:href="#a"'].map(
    both,
  ),
  [' e:a=">"', ''],
  ["\n e:b='/>'", ''],
  [' xml:base="/a"', ''],
  [' xmlns:n="urn:n"', ''],
  [' src="file:///a"', ''],
);
const { node } = fc.letrec<{ node: Twin }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom<Twin>(
      both(' a '),
      both('&amp;'),
      both('<![CDATA[<!-- ]] >]]>'),
      both(']]&gt;'),
      both('é'),
    ),
    fc.constantFrom<Twin>(['<!-- <g> -->', ''], ['<?a <g> ?>', ''], ['<metadata/>', '']),
    fc
      .tuple(
        fc.constantFrom('g', 'text', 's:g'),
        fc.uniqueArray(attribute),
        fc.array(tie('node'), { maxLength: 4 }),
      )
      .map(([name, attributes, children]) =>
        joined([both(`<${name}`), ...attributes, both(' >'), ...children, both(`</${name}\n>`)]),
      ),
    fc
      .tuple(
        fc.constantFrom('e:a', 'metadata', 's:metadata', 'a xmlns="urn:a"'),
        fc.array(tie('node'), { maxLength: 3 }),
      )
      .map(([name, children]): Twin => {
        const [noted] = joined(children);
        return [`<${name}>${noted}</${name.replace(/ .*/, '')}>`, ''];
      }),
  ),
}));

test('what an editor notes can be taken out of any drawing, and cleaned once it is clean', async () => {
  const head = `<svg xmlns="${svg}" xmlns:s="${svg}" xmlns:xlink="http://www.w3.org/1999/xlink"`;
  await fc.assert(
    fc.asyncProperty(fc.array(node, { maxLength: 6 }), async (nodes) => {
      const [noted, plain] = joined([[`${head} xmlns:e="urn:e"`, head], both('>'), ...nodes, both('</svg>')]);
      expect(await clean(noted)).toBe(plain);
      expect(await clean(plain)).toBe(plain);
    }),
    { numRuns: 300, endOnFailure: true },
  );
});
