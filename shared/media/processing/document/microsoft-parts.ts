import { type Change, type PartRules, withChanges } from './part-rules.ts';

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const office = 'http://schemas.openxmlformats.org';
/** Parts that only describe the document: ECMA-376, part 1, section 15.2.12. They stay, empty. */
const emptyParts: Readonly<Record<string, string>> = {
  'docProps/core.xml': `${declaration}<cp:coreProperties xmlns:cp="${office}/package/2006/metadata/core-properties"/>`,
  'docProps/app.xml': `${declaration}<Properties xmlns="${office}/officeDocument/2006/extended-properties"/>`,
  'docProps/custom.xml': `${declaration}<Properties xmlns="${office}/officeDocument/2006/custom-properties"/>`,
};
/** Previews, labels of a company, printers. Relationships to them go too. */
const dropped =
  /^(?:docProps\/thumbnail\.\w+|docMetadata\/.*|xl\/printerSettings\/.*|word\/printerSettings\/.*|ppt\/printerSettings\/.*)$/i;
const relationshipToDropped =
  /<Relationship\b[^<>]{0,2000}Target="[^"<>]{0,2000}(?:thumbnail\.\w+|docMetadata\/[^"<>]{0,2000}|printerSettings\/[^"<>]{0,2000}|printerSettings\d*\.bin)"[^<>]{0,2000}\/>/gi;
/** A template lies in a folder of its author's. */
const templatePath = /<Relationship\b[^<>]{0,2000}relationships\/attachedTemplate"[^<>]{0,2000}\/>/g;
const overrideOfDropped =
  /<Override\b[^<>]{0,2000}PartName="\/(?:docMetadata|docProps\/thumbnail|\w+\/printerSettings)[^"<>]{0,2000}"[^<>]{0,2000}\/>/gi;

const inRelationships: readonly Change[] = [
  [relationshipToDropped, ''],
  [templatePath, ''],
];
/** Who has written, changed or remarked, and when; which sessions of Word a run was typed in. */
const inWord: readonly Change[] = [
  [/(\sw\d*:author=")[^"<>]{0,2000}"/g, '$1Author"'],
  [/(\sw\d*:initials=")[^"<>]{0,2000}"/g, '$1"'],
  [/\sw\d*:(?:date|dateUtc|rsid\w*)="[^"<>]{0,2000}"/g, ''],
  [/<w:rsid(?:Root)?\s[^<>]{0,2000}\/>/g, ''],
  [/<w1[45]:docId\b[^<>]{0,2000}\/>/g, ''],
  [/<w:attachedTemplate\b[^<>]{0,2000}\/>/g, ''],
  [/(<w15:person\b[^<>]{0,2000}w15:author=")[^"<>]{0,2000}"/g, '$1Author"'],
  [/<w15:presenceInfo\b[^<>]{0,2000}\/>/g, ''],
];
const inSheets: readonly Change[] = [
  [/<author>[^<]*<\/author>/g, '<author>Author</author>'],
  [/(<person\b[^<>]{0,2000}\sdisplayName=")[^"<>]{0,2000}"/g, '$1Author"'],
  [/(<person\b[^<>]{0,2000}\suserId=")[^"<>]{0,2000}"/g, '$1Author"'],
  [/(<threadedComment\b[^<>]{0,2000})\sdT="[^"<>]{0,2000}"/g, '$1'],
  [/<x15ac:absPath\b[^<>]{0,2000}\/>/g, ''],
  [
    /<mc:AlternateContent\b[^<>]{0,2000}>\s*<mc:Choice\b[^<>]{0,2000}>\s*<\/mc:Choice>\s*<\/mc:AlternateContent>/g,
    '',
  ],
  [/(<fileSharing\b[^<>]{0,2000})\suserName="[^"<>]{0,2000}"/g, '$1'],
  [/(<userInfo\b[^<>]{0,2000}\sname=")[^"<>]{0,2000}"/g, '$1Author"'],
  [/(<header\b[^<>]{0,2000}\suserName=")[^"<>]{0,2000}"/g, '$1Author"'],
];
const inSlides: readonly Change[] = [
  [/(<p:cmAuthor\b[^<>]{0,2000}\sname=")[^"<>]{0,2000}"/g, '$1Author"'],
  [/(<p:cmAuthor\b[^<>]{0,2000}\sinitials=")[^"<>]{0,2000}"/g, '$1A"'],
  [/(<p188:author\b[^<>]{0,2000}\sname=")[^"<>]{0,2000}"/g, '$1Author"'],
  [/(<p188:author\b[^<>]{0,2000}\sinitials=")[^"<>]{0,2000}"/g, '$1A"'],
  [/(<p188:author\b[^<>]{0,2000}\suserId=")[^"<>]{0,2000}"/g, '$1Author"'],
  [/(<p:cm\b[^<>]{0,2000})\sdt="[^"<>]{0,2000}"/g, '$1'],
];
/** A picture that was put in from a folder bears its path as a description in older versions. */
const pictures: readonly Change[] = [[/(\sdescr=")(?:[A-Za-z]:\\|\\\\|\/|file:)[^"<>]{0,2000}"/g, '$1"']];

/** Word, Excel and PowerPoint. ECMA-376, part 1; the parts of later versions by [MS-DOCX], [MS-XLSX] and [MS-PPTX]. */
export const microsoftParts: PartRules = {
  isDropped: (name) => dropped.test(name),
  rewrite: (name) => {
    const empty = emptyParts[name];
    if (empty !== undefined) return () => empty;
    if (name === '[Content_Types].xml') return withChanges([[overrideOfDropped, '']]);
    if (name.endsWith('.rels')) return withChanges(inRelationships);
    if (/^word\/.*\.xml$/.test(name)) return withChanges([...inWord, ...pictures]);
    if (
      /^xl\/(?:comments|threadedComments|persons|revisions|drawings)\b.*\.xml$|^xl\/workbook\.xml$/.test(name)
    )
      return withChanges([...inSheets, ...pictures]);
    return /^ppt\/.*\.xml$/.test(name) ? withChanges([...inSlides, ...pictures]) : undefined;
  },
};
