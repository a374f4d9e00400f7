import { bareType, formatOf } from '../media-types.ts';

export const anything = 'application/octet-stream';

const office = 'application/vnd.openxmlformats-officedocument';
const open = 'application/vnd.oasis.opendocument';
const macros = (name: string): string => `application/vnd.ms-${name}.macroenabled.12`;

/** Formats that are an archive or a compound document inside, told apart only by unpacking them. */
export const typesInside: Readonly<Record<string, ReadonlySet<string>>> = {
  'application/zip': new Set([
    ...['application/zip', 'application/x-zip', 'application/x-zip-compressed', 'multipart/x-zip'],
    ...['wordprocessingml.document', 'wordprocessingml.template'].map((name) => `${office}.${name}`),
    ...['spreadsheetml.sheet', 'spreadsheetml.template'].map((name) => `${office}.${name}`),
    ...['presentationml.presentation', 'presentationml.slideshow', 'presentationml.template'].map(
      (name) => `${office}.${name}`,
    ),
    ...['text', 'spreadsheet', 'presentation', 'graphics', 'chart', 'formula'].map(
      (name) => `${open}.${name}`,
    ),
    ...['text-template', 'spreadsheet-template', 'presentation-template'].map((name) => `${open}.${name}`),
    ...['application/epub+zip', 'application/java-archive', 'application/x-java-archive'],
    ...['application/vnd.android.package-archive', 'application/x-web-app-zip'],
    ...['word.document', 'word.template', 'excel.sheet', 'excel.template', 'excel.addin'].map(macros),
    ...['excel.sheet.binary', 'powerpoint.presentation', 'powerpoint.slideshow'].map(macros),
    ...['powerpoint.template', 'powerpoint.addin'].map(macros),
    ...['hwp+zip', 'vnd.hancom.hwpx', 'x-hwpx', 'haansofthwpx'].map((name) => `application/${name}`),
    ...['pages', 'numbers', 'keynote'].map((name) => `application/vnd.apple.${name}`),
    ...[
      'application/vnd.google-earth.kmz',
      'application/vnd.comicbook+zip',
      'application/vnd.ms-visio.drawing',
    ],
    ...['application/oxps', 'application/vnd.ms-xpsdocument', 'application/x-xpinstall', 'model/3mf'],
    ...['model/vnd.usdz+zip', 'image/openraster', 'application/x-krita'],
  ]),
  'application/x-cfb': new Set([
    ...['application/msword', 'application/vnd.ms-excel', 'application/vnd.ms-powerpoint'],
    ...['application/vnd.ms-outlook', 'application/vnd.ms-project', 'application/vnd.ms-works'],
    ...['application/x-hwp', 'application/haansofthwp', 'application/vnd.hancom.hwp'],
    ...['application/vnd.ms-publisher', 'application/vnd.visio', 'application/x-msi'],
  ]),
};

/** Of those that are kept as they are, or as bytes, what a device calls them. */
const others = new Set([
  ...['application/pdf', 'application/rtf', 'application/postscript', 'application/json', 'application/xml'],
  ...[
    'application/gzip',
    'application/x-gzip',
    'application/x-tar',
    'application/x-bzip2',
    'application/x-xz',
  ],
  ...[
    'application/x-7z-compressed',
    'application/vnd.rar',
    'application/x-rar-compressed',
    'application/zstd',
  ],
  ...[
    'application/wasm',
    'application/x-sqlite3',
    'application/x-apple-diskimage',
    'application/x-msdownload',
  ],
  ...['application/javascript', 'application/xhtml+xml', 'application/ics', 'application/x-x509-ca-cert'],
  ...['text/plain', 'text/html', 'text/css', 'text/csv', 'text/markdown', 'text/xml', 'text/javascript'],
  ...['text/calendar', 'text/vcard', 'text/x-vcard', 'text/rtf', 'text/tab-separated-values'],
  ...['image/svg+xml', 'image/bmp', 'image/tiff', 'image/x-icon', 'image/vnd.microsoft.icon', 'image/jxl'],
  ...['image/vnd.adobe.photoshop', 'image/jp2', 'image/avif', 'audio/midi', 'audio/amr', 'audio/x-ms-wma'],
  ...['audio/aiff', 'audio/x-aiff', 'video/mpeg', 'video/x-msvideo', 'video/vnd.avi', 'video/x-ms-wmv'],
  ...['video/x-flv', 'video/3gpp', 'video/3gpp2', 'video/ogg', 'video/mp2t', 'model/gltf-binary'],
  ...['font/ttf', 'font/otf', 'font/woff', 'font/woff2'],
]);

/**
 * What is kept of a content type, without parameters and in small letters: the name of a format that somebody uses, in our spelling. Anything else would be a text of its
 * sender's that no rule for texts looks at.
 */
export function keptType(contentType: string): string {
  const declared = bareType(contentType);
  const isKnown =
    formatOf(declared) !== undefined ||
    others.has(declared) ||
    Object.values(typesInside).some((names) => names.has(declared));
  return isKnown ? declared : anything;
}
