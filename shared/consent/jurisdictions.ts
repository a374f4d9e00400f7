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
export const ageTableVersion = '2026-11-29';

const reviewed = '2026-11-23';
/** Read anew against what could be found of November 2026 or before. */
const anew = { asOf: '2026-11-29' };
const commission =
  'European Commission, GDPR evaluation staff working document p. 17 (2020), as reproduced at https://blog.kuan0.com/2020/06/';
const birdAndBird =
  'Bird & Bird GDPR tracker (2018-19), https://www.twobirds.com/en/capabilities/practices/privacy-and-data-protection/general-data-protection-regulation/gdpr-tracker/children';
const dataGuidance = 'https://platform.dataguidance.com/opinion/eu-age-consent-children';
const zulip = 'Zulip, templates/corporate/policies/age-of-consent.md@18edc2e';
const unverified = 'general knowledge, not verified against a source';
const noFixedAge = 'no fixed statutory age; 16 is the cautious default';

type RowExtras = Pick<JurisdictionRow, 'note' | 'effectiveFrom' | 'minimumAgeBefore'> &
  Partial<Pick<JurisdictionRow, 'asOf'>>;

const row = (
  jurisdiction: string,
  minimumAge: number,
  confidence: Confidence,
  source: string,
  extras: RowExtras = {},
): JurisdictionRow => ({ jurisdiction, minimumAge, source, asOf: reviewed, confidence, ...extras });

const all = (...sources: readonly string[]): string => sources.join('; ');

const europe: readonly JurisdictionRow[] = [
  row('AT', 14, 'high', all('s. 4(4) DSG', birdAndBird, dataGuidance, commission), anew),
  row('BE', 13, 'high', all('Act of 30 July 2018', birdAndBird, commission), anew),
  row('BG', 14, 'high', all(commission, zulip)),
  row('HR', 16, 'high', all(commission, zulip)),
  row('CY', 14, 'high', all(commission, zulip)),
  row('CZ', 15, 'high', all('s. 7', birdAndBird, commission), anew),
  row(
    'DK',
    15,
    'medium',
    all(
      's. 6 databeskyttelsesloven as amended, https://gapsolutions.dk/artikel_aendringer_databeskyttelsesloven/',
      'bill: https://en.unitas.consulting/dit-barns-brug-af-sociale-medier-begraenses-samt-tre-andre-aendringer-af-databeskyttelsesloven/',
    ),
    {
      effectiveFrom: '2024-01-01',
      minimumAgeBefore: 13,
      note: 'older tables still say 13, which is stale; a political agreement of 2025-11 on social media from 15 on is no law that could be found',
      ...anew,
    },
  ),
  row('EE', 13, 'medium', commission),
  row('FI', 13, 'high', all(birdAndBird, commission), anew),
  row('FR', 15, 'high', all(birdAndBird, commission), {
    ...anew,
    note: 'joint consent under 15; the bill of 2026 that keeps those under 15 from social networks left out private messaging when the Assembly approved it (https://particle.news/story/french-assembly-approves-under-15-social-media-ban-sending-bill-to-senate)',
  }),
  row('DE', 16, 'high', all(commission, zulip), { note: 'GDPR default, no derogation' }),
  row('GR', 15, 'high', all(commission, zulip), {
    ...anew,
    note: 'a bill of 2026 on social media from 15 on changes no age of consent',
  }),
  row('HU', 16, 'high', all(commission, zulip)),
  row('IE', 16, 'high', all('s. 31', birdAndBird, commission), anew),
  row('IT', 14, 'high', all(birdAndBird, commission), {
    ...anew,
    note: 'a bill on social media from 15 on lay before the Senate in 2026-02',
  }),
  row('LV', 13, 'medium', commission),
  row('LT', 14, 'low', all(commission, zulip), { note: 'the Commission says 14, Zulip 16' }),
  row('LU', 16, 'high', all(commission, zulip)),
  row('MT', 13, 'medium', commission, { note: 'one code table says 16' }),
  row('NL', 16, 'high', all(birdAndBird, commission), {
    ...anew,
    note: 'AW, BQ, CW and SX are not covered by this row: an operator there sets them',
  }),
  row('PL', 16, 'high', all(commission, zulip)),
  row('PT', 13, 'low', all(commission, zulip), {
    ...anew,
    note: 'the Commission says 13, Zulip 16; parliament approved a bill in 2026-02 that asks for parental consent from 13 to 16 on social platforms (https://abcmedia.am/en/news/234460), that it is in force could not be found',
  }),
  row('RO', 16, 'high', all(commission, zulip)),
  row('SK', 16, 'high', all(birdAndBird, commission), anew),
  row('SI', 15, 'low', all('ZVOP-2 (2023), through third-party tables', unverified), {
    note: 'the Commission omits it, Zulip says 16',
  }),
  row('ES', 14, 'high', all('Art. 7 LOPDGDD', birdAndBird, commission, zulip), {
    ...anew,
    note: 'a bill on social media from 16 on was debated in 2026-02 (https://www.biometricupdate.com/202602/spain-to-restrict-social-media-for-users-under-16-pm-sanchez), its outcome is not known',
  }),
  row('SE', 13, 'high', all(birdAndBird, commission), anew),
  row('IS', 13, 'low', unverified),
  row('LI', 16, 'low', unverified),
  row('NO', 13, 'low', unverified, { note: 'raising it to 15 is discussed' }),
  row('GB', 13, 'high', all(birdAndBird, commission), {
    ...anew,
    note: 'a consultation on raising it ended on 2026-05-26 (https://www.freevacy.com/news/uk-government/uk-launches-consultations-on-measures-to-protect-children-online/7167), no act that does could be found',
  }),
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
    {
      ...anew,
      note: 'federal floor only: state laws on minors are an overlay that the operator sets, e.g. US-TX. App stores tell ages and ask parents under 18 in Utah (2026-05-06), Texas (in force since the stay of 2026-05-28) and Louisiana: https://fpf.org/blog/comparing-enacted-app-store-accountability-acts/',
    },
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
      ...anew,
      note: '12 is the line between child and adolescent. Since 2026-03-17 Law 15.211/2025 (ECA Digital) ties accounts under 16 to a parent’s, and takes no declared age where there is risk: https://en.showmetech.com.br/eca-digital-o-que-e-mudancas-e-orientacoes/, https://portal57.net/mudancas-na-internet-brasileira-a-partir-de-marco',
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
    all(
      'PIPA Art. 22-2',
      'https://childreninthedigitalworld.twobirds.com/home/south-korea',
      zulip,
      'https://www.kimchang.com/en/insights/detail.kc?sch_section=4&idx=25476',
    ),
    anew,
  ),
  row(
    'CN',
    14,
    'high',
    'https://www.aoshearman.com/en/insights/ao-shearman-on-data/navigating-consent-emerging-trends-in-childrens-data-privacy-across-apac',
    { ...anew, note: 'data of a child is itself sensitive' },
  ),
  row('JP', 16, 'low', unverified, {
    ...anew,
    note: `guidance says about 12 to 15: ${noFixedAge}; a bill to amend the APPI went to the Diet in 2026-04, its outcome is not known`,
  }),
  row(
    'IN',
    18,
    'high',
    'DPDP Act; DPDP Rules 2025, https://www.getastra.com/blog/compliance/dpdp-compliance/ ; https://www.privo.com/blog/indias-digital-personal-data-protection-act-what-global-businesses-need-to-know',
    {
      ...anew,
      effectiveFrom: '2027-05-14',
      minimumAgeBefore: 18,
      note: 'the Rules of 2025-11-13 make the duties due 18 months later; 18 is asked for until then as well, the cautious choice',
    },
  ),
  row('AU', 16, 'low', all(zulip, dataGuidance), {
    ...anew,
    note: 'no statute on consent; 16 is generally accepted; the minimum age of 16 for social media since 2025-12-10 leaves out messaging such as WhatsApp (http://ccyp.wa.gov.au/info-for-children-and-young-people/cybersafety); a Children’s Online Privacy Code is due by 2026-12',
  }),
  row('NZ', 16, 'low', unverified, { note: noFixedAge }),
  row('HK', 18, 'low', zulip),
  row('SG', 13, 'low', unverified, { note: 'guidance' }),
  row('VN', 16, 'medium', all('Decree 13/2023 Art. 20', 'lawnet.vn', 'vietnameselawblog.com'), {
    ...anew,
    note: 'what Law 91/2025/QH15, in force since 2026-01-01, says of children could not be read',
  }),
  row('ID', 18, 'low', zulip, {
    ...anew,
    note: 'Government Regulation 17/2025 (PP Tunas) has tiers under 13, 16 and 18 by the risk of a platform since 2026-03: https://www.usasean.org/article/indonesia-and-malaysias-push-social-media-restrictions-minors',
  }),
  row('MY', 18, 'low', zulip, {
    ...anew,
    note: 'the Online Safety Act 2025 keeps those under 16 from large social media since 2026-01: https://www.usasean.org/article/indonesia-and-malaysias-push-social-media-restrictions-minors',
  }),
  row('PH', 18, 'low', zulip),
  row('TH', 20, 'low', unverified, { note: 'tiers at 10 and 20' }),
  row('ZA', 18, 'low', unverified),
  row('KE', 18, 'low', unverified),
];

export const jurisdictions: readonly JurisdictionRow[] = [...europe, ...americas, ...asiaPacificAndAfrica];
