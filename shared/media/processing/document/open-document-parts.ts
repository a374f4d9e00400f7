import { type Change, type PartRules, withChanges } from './part-rules.ts';

const namespace = 'urn:oasis:names:tc:opendocument:xmlns';
/** OASIS OpenDocument 1.3, part 2, section 3.4: what only describes the document. It stays, empty. */
const emptyMeta = `<?xml version="1.0" encoding="UTF-8"?>
<office:document-meta xmlns:office="${namespace}:office:1.0" office:version="1.3"><office:meta/></office:document-meta>`;

const dropped = /^(?:Preview\/PrvImage\.\w+|Thumbnails\/.*|Configurations2\/.*|layout-cache)$/;
const entryOfDropped =
  /<manifest:file-entry\b[^<>]{0,2000}full-path="(?:Thumbnails|Configurations2|layout-cache)[^"<>]{0,2000}"[^<>]{0,2000}\/>/g;

/** Who has remarked or changed, and when; which session a run was typed in. */
const inContent: readonly Change[] = [
  [/<dc:creator>[^<]*<\/dc:creator>/g, '<dc:creator/>'],
  [/<dc:date>[^<]*<\/dc:date>/g, ''],
  [/<(meta:creator-initials|loext:sender-initials)>[^<]*<\/\1>/g, ''],
  [/\sofficeooo:(?:paragraph-)?rsid="[^"<>]{0,2000}"/g, ''],
];
/** Names of printers and what is set up for them, sessions, the folder of a database. */
const inSettings: readonly Change[] = [
  [
    /(<config:config-item\b[^<>]{0,2000}config:name="(?:PrinterName|PrinterSetup|PrinterPaperFromSetup|Rsid|RsidRoot|CurrentDatabase\w*)"[^<>]{0,2000}>)[^<]*/g,
    '$1',
  ],
];
/** Hancom's HWPX names them as those of an electronic book do: OWPML, KS X 6101. */
const inPackage: readonly Change[] = [
  [/(<opf:meta\b[^<>]{0,2000}[^/])>[^<]*<\/opf:meta>/g, '$1></opf:meta>'],
  [/<opf:title>[^<]*<\/opf:title>/g, '<opf:title/>'],
];

/** LibreOffice's documents, and HWPX, which is packed alike. */
export const openDocumentParts: PartRules = {
  isDropped: (name) => dropped.test(name),
  rewrite: (name) => {
    if (name === 'meta.xml') return () => emptyMeta;
    if (name === 'META-INF/manifest.xml') return withChanges([[entryOfDropped, '']]);
    if (/(?:^|\/)(?:content|styles)\.xml$/.test(name)) return withChanges(inContent);
    if (/(?:^|\/)settings\.xml$/.test(name)) return withChanges(inSettings);
    if (name.endsWith('content.hpf')) return withChanges(inPackage);
    return name === 'Preview/PrvText.txt' ? () => '' : undefined;
  },
};
