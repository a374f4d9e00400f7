/**
 * Country, then the lengths and kinds of the account part: n digits, a capital letters, c either. From "BBAN structure"
 * in SWIFT's IBAN Registry (ISO 13616), release 101 of December 2025; release 102 of June 2026 changes none of them.
 * Neighbouring parts of one kind are added up. The overseas territories that the registry lists under Finland and
 * France stand here by their own codes as well.
 */
const registry = `
AD8n12c AE19n AL8n16c AT16n AX14n AZ4a20c BA16n BE12n BG4a6n8c BH4a14c BI23n BL10n11c2n BR23n1a1c BY4c4n16c CH5n12c
CR18n CY8n16c CZ20n DE18n DJ23n DK14n DO4c20n EE16n EG25n ES20n FI14n FK2a12n FO14n FR10n11c2n GB4a14n
GE2a16n GF10n11c2n GI4a15c GL14n GP10n11c2n GR7n16c GT24c HN4a20n HR17n HU24n IE4a14n IL19n IQ4a15n
IS22n IT1a10n12c JO4a4n18c KW4a22c KZ3n13c LB4n20c LC4a24c LI5n12c LT16n LU3n13c LV4a13c LY21n
MC10n11c2n MD20c ME18n MF10n11c2n MK3n10c2n MN16n MQ10n11c2n MR23n MT4a5n18c MU4a19n3a NC10n11c2n
NI4a20n NL4a10n NO11n OM3n16c PF10n11c2n PK4a16c PL24n PM10n11c2n PS4a21c PT21n QA4a21c RE10n11c2n
RO4a16c RS18n RU14n15c SA2n18c SC4a20n3a SD14n SE20n SI15n SK20n SM1a10n12c SO19n ST21n SV4a20n
TF10n11c2n TL19n TN20n TR6n16c UA6n19c VA18n VG4a16n WF10n11c2n XK16n YE4a4n18c YT10n11c2n`;

const classes: Readonly<Record<string, string>> = { n: '[0-9]', a: '[A-Z]', c: '[A-Z0-9]' };

export type IbanStructure = { readonly length: number; readonly accountShape: RegExp };

const structure = (account: string): IbanStructure => {
  const parts = [...account.matchAll(/(\d+)([nac])/g)].map(([, size = '', kind = '']) => ({ size, kind }));
  return {
    length: parts.reduce((sum, { size }) => sum + Number(size), 4),
    accountShape: new RegExp(`^${parts.map(({ size, kind }) => `${classes[kind]}{${size}}`).join('')}$`),
  };
};

export const ibanStructures: ReadonlyMap<string, IbanStructure> = new Map(
  registry
    .trim()
    .split(/\s+/)
    .map((entry) => [entry.slice(0, 2), structure(entry.slice(2))] as const),
);
