/** The minimum age of digital consent by jurisdiction: defaults that an operator may override, not legal advice. */
export type Confidence = 'high' | 'medium' | 'low';

export type JurisdictionRow = {
  /** ISO 3166-1 alpha-2, or ISO 3166-2 where a subdivision has an age of its own. */
  readonly jurisdiction: string;
  readonly minimumAge: number;
  readonly source: string;
  /** The day on which the row was last reviewed, as an ISO date; the dates of the sources stand in `source`. */
  readonly asOf: string;
  readonly confidence: Confidence;
  readonly note?: string;
  /** First day of `minimumAge`, with the age that applies until then. */
  readonly effectiveFrom?: string;
  readonly minimumAgeBefore?: number;
};

/** Changes with every edit of the table and is kept with each consent. */
export const ageTableVersion = '2026-11-23';

const reviewed = '2026-11-23';
const commission =
  'European Commission, GDPR evaluation staff working document p. 17 (2020), as reproduced at https://blog.kuan0.com/2020/06/';
const birdAndBird =
  'Bird & Bird GDPR tracker (2018-19), https://www.twobirds.com/en/capabilities/practices/privacy-and-data-protection/general-data-protection-regulation/gdpr-tracker/children';
const dataGuidance = 'https://platform.dataguidance.com/opinion/eu-age-consent-children';
const zulip = 'Zulip, templates/corporate/policies/age-of-consent.md@18edc2e';
const unverified = 'general knowledge, not verified against a source';
const noFixedAge = 'no fixed statutory age; 16 is the cautious default';

type RowExtras = Pick<JurisdictionRow, 'note' | 'effectiveFrom' | 'minimumAgeBefore'>;

const row = (
  jurisdiction: string,
  minimumAge: number,
  confidence: Confidence,
  source: string,
  extras: RowExtras = {},
): JurisdictionRow => ({ jurisdiction, minimumAge, source, asOf: reviewed, confidence, ...extras });

const all = (...sources: readonly string[]): string => sources.join('; ');

const europe: readonly JurisdictionRow[] = [
  row('AT', 14, 'high', all('s. 4(4) DSG', birdAndBird, dataGuidance, commission)),
  row('BE', 13, 'high', all('Act of 30 July 2018', birdAndBird, commission)),
  row('BG', 14, 'high', all(commission, zulip)),
  row('HR', 16, 'high', all(commission, zulip)),
  row('CY', 14, 'high', all(commission, zulip)),
  row('CZ', 15, 'high', all('s. 7', birdAndBird, commission)),
  row(
    'DK',
    15,
    'medium',
    all(
      's. 6 databeskyttelsesloven as amended, https://gapsolutions.dk/artikel_aendringer_databeskyttelsesloven/',
      'bill: https://en.unitas.consulting/dit-barns-brug-af-sociale-medier-begraenses-samt-tre-andre-aendringer-af-databeskyttelsesloven/',
    ),
    { effectiveFrom: '2024-01-01', minimumAgeBefore: 13, note: 'older tables still say 13, which is stale' },
  ),
  row('EE', 13, 'medium', commission),
  row('FI', 13, 'high', all(birdAndBird, commission)),
  row('FR', 15, 'high', all(birdAndBird, commission), { note: 'joint consent under 15' }),
  row('DE', 16, 'high', all(commission, zulip), { note: 'GDPR default, no derogation' }),
  row('GR', 15, 'high', all(commission, zulip)),
  row('HU', 16, 'high', all(commission, zulip)),
  row('IE', 16, 'high', all('s. 31', birdAndBird, commission)),
  row('IT', 14, 'high', all(birdAndBird, commission)),
  row('LV', 13, 'medium', commission),
  row('LT', 14, 'low', all(commission, zulip), { note: 'the Commission says 14, Zulip 16' }),
  row('LU', 16, 'high', all(commission, zulip)),
  row('MT', 13, 'medium', commission, { note: 'one code table says 16' }),
  row('NL', 16, 'high', all(birdAndBird, commission), {
    note: 'AW, BQ, CW and SX are not covered by this row: an operator there sets them',
  }),
  row('PL', 16, 'high', all(commission, zulip)),
  row('PT', 13, 'low', all(commission, zulip), {
    note: 'the Commission says 13, Zulip 16; a bill of 2026-02 would ask for parental consent from 13 to 16, its outcome is not known',
  }),
  row('RO', 16, 'high', all(commission, zulip)),
  row('SK', 16, 'high', all(birdAndBird, commission)),
  row('SI', 15, 'low', all('ZVOP-2 (2023), through third-party tables', unverified), {
    note: 'the Commission omits it, Zulip says 16',
  }),
  row('ES', 14, 'high', all('Art. 7 LOPDGDD', birdAndBird, commission, zulip), {
    note: 'a bill to raise it to 16 was discussed, its outcome is not known',
  }),
  row('SE', 13, 'high', all(birdAndBird, commission)),
  row('IS', 13, 'low', unverified),
  row('LI', 16, 'low', unverified),
  row('NO', 13, 'low', unverified, { note: 'raising it to 15 is discussed' }),
  row('GB', 13, 'high', all(birdAndBird, commission)),
  row('CH', 16, 'low', unverified, { note: `capacity of judgement decides: ${noFixedAge}` }),
  row('RS', 15, 'medium', zulip),
  row('SM', 16, 'low', zulip),
  row('RU', 18, 'low', zulip),
];

const americas: readonly JurisdictionRow[] = [
  row(
    'US',
    13,
    'high',
    all(
      'COPPA',
      'https://www.privo.com/blog/indias-digital-personal-data-protection-act-what-global-businesses-need-to-know',
      'https://onlinesafety.orrick.com/texas',
    ),
    { note: 'federal floor only: state laws on minors are an overlay that the operator sets, e.g. US-TX' },
  ),
  row(
    'CA',
    13,
    'low',
    'Privacy Commissioner, https://openparliament.ca/committees/ethics/42-1/47/daniel-therrien-9/only',
    {
      note: 'guidance of the regulator, no statute',
    },
  ),
  row(
    'CA-QC',
    14,
    'high',
    all(
      'Law 25',
      'https://openparliament.ca/committees/industry/44-1/91/eloise-gratton-15/only',
      'https://openparliament.ca/committees/industry/44-1/120/bernard-genereux-4/only',
    ),
  ),
  row(
    'BR',
    18,
    'low',
    all('LGPD Art. 14, ECA', 'https://childreninthedigitalworld.twobirds.com/home/brazil', zulip),
    {
      note: '12 is the line between child and adolescent; the statutes and the practice of the authority differ',
    },
  ),
  row('CL', 14, 'medium', zulip),
  row('CO', 14, 'low', zulip),
  row('PE', 14, 'medium', zulip),
  row('VE', 14, 'low', zulip),
  row('AR', 13, 'low', 'a third-party table only'),
];

const asiaPacificAndAfrica: readonly JurisdictionRow[] = [
  row(
    'KR',
    14,
    'high',
    all('PIPA Art. 22-2', zulip, 'https://www.kimchang.com/en/insights/detail.kc?sch_section=4&idx=25476'),
  ),
  row(
    'CN',
    14,
    'high',
    'https://www.aoshearman.com/en/insights/ao-shearman-on-data/navigating-consent-emerging-trends-in-childrens-data-privacy-across-apac',
    { note: 'data of a child is itself sensitive' },
  ),
  row('JP', 16, 'low', unverified, { note: `guidance says about 12 to 15: ${noFixedAge}` }),
  row(
    'IN',
    18,
    'high',
    'DPDP Act and Rules, https://www.privo.com/blog/indias-digital-personal-data-protection-act-what-global-businesses-need-to-know',
    {
      effectiveFrom: '2027-05-01',
      minimumAgeBefore: 18,
      note: 'the duties are due about 2027-05; 18 is asked for until then as well, the cautious choice',
    },
  ),
  row('AU', 16, 'low', all(zulip, dataGuidance), {
    note: 'no statute on consent; 16 is generally accepted; a Children’s Online Privacy Code is due by 2026-12',
  }),
  row('NZ', 16, 'low', unverified, { note: noFixedAge }),
  row('HK', 18, 'low', zulip),
  row('SG', 13, 'low', unverified, { note: 'guidance' }),
  row('VN', 16, 'medium', all('Decree 13/2023 Art. 20', 'lawnet.vn', 'vietnameselawblog.com'), {
    note: 'the personal data law of 2026-01 is not reflected',
  }),
  row('ID', 18, 'low', zulip),
  row('MY', 18, 'low', zulip),
  row('PH', 18, 'low', zulip),
  row('TH', 20, 'low', unverified, { note: 'tiers at 10 and 20' }),
  row('ZA', 18, 'low', unverified),
  row('KE', 18, 'low', unverified),
];

export const jurisdictions: readonly JurisdictionRow[] = [...europe, ...americas, ...asiaPacificAndAfrica];
