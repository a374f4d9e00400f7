export type JurisdictionChoice = { readonly code: string; readonly name: string };

/** ISO 3166-1. Which of them the chat is offered in, the server decides: an operator can add some. */
const countries =
  'ADAEAFAGAIALAMAOAQARASATAUAWAXAZBABBBDBEBFBGBHBIBJBLBMBNBOBQBRBSBTBVBWBYBZCACCCDCFCGCHCICKCLCMCNCOCRCUCVCWCXCYCZDEDJDKDMDODZECEEEGEHERESETFIFJFKFMFOFRGAGBGDGEGFGGGHGIGLGMGNGPGQGRGSGTGUGWGYHKHMHNHRHTHUIDIEILIMINIOIQIRISITJEJMJOJPKEKGKHKIKMKNKPKRKWKYKZLALBLCLILKLRLSLTLULVLYMAMCMDMEMFMGMHMKMLMMMNMOMPMQMRMSMTMUMVMWMXMYMZNANCNENFNGNINLNONPNRNUNZOMPAPEPFPGPHPKPLPMPNPRPSPTPWPYQARERORSRURWSASBSCSDSESGSHSISJSKSLSMSNSOSRSSSTSVSXSYSZTCTDTFTGTHTJTKTLTMTNTOTRTTTVTWTZUAUGUMUSUYUZVAVCVEVGVIVNVUWFWSYEYTZAZMZW';

/** Parts of a country with an age of their own (ISO 3166-2). */
const subdivisions = [['CA', 'CA-QC', 'Quebec']] as const;

/** Where one may live, by name. */
export function jurisdictionChoices(locale = 'en'): readonly JurisdictionChoice[] {
  const names = new Intl.DisplayNames(locale, { type: 'region' });
  const named = (countries.match(/../g) ?? []).map((code) => ({ code, name: names.of(code) ?? code }));
  const parts = subdivisions.map(([country, code, name]) => ({
    code,
    name: `${names.of(country) ?? country}: ${name}`,
  }));
  return [...named, ...parts].sort((a, b) => a.name.localeCompare(b.name, locale));
}
