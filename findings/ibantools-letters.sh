#!/usr/bin/env bash
# ibantools 4.5.4 (npm) refuses account numbers of four countries whose banks may use letters or digits.
#
# Expected: SWIFT, IBAN Registry (ISO 13616-1), release 101, "BBAN structure": BY 4!c4!n16!c, DO 4!c20!n, PK 4!a16!c,
#   PS 4!a21!c, where "c" is an upper-case letter or a digit. schwifty 2026.10.1 and python-stdnum 2.2 (PyPI), whose tables are
#   made from the registry, accept all four numbers below.
# Seen: the bank code of BY and DO has to be letters, the account number of PK and PS digits.
# Output:
#   BY72833990943196208974458294 refused
#   DO15084517660280906996040302 refused
#   PK03APFPKRX26NU09BYX0EQH refused
#   PS26EKFMB30SUYDO1RQ7G3B370GV4 refused
# Why it matters: a chat that warns before an account number is sent lets these through. The numbers are made at random by the
#   rule; none was taken from anybody.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts ibantools@4.5.4
cat >look.mjs <<'END'
import { isValidIBAN } from 'ibantools';

const mod97 = (iban) =>
  BigInt((iban.slice(4) + iban.slice(0, 4)).replace(/[A-Z]/g, (letter) => String(Number.parseInt(letter, 36)))) % 97n;
const numbers = [
  ['BY72833990943196208974458294', /^BY\d\d[A-Z0-9]{4}\d{4}[A-Z0-9]{16}$/],
  ['DO15084517660280906996040302', /^DO\d\d[A-Z0-9]{4}\d{20}$/],
  ['PK03APFPKRX26NU09BYX0EQH', /^PK\d\d[A-Z]{4}[A-Z0-9]{16}$/],
  ['PS26EKFMB30SUYDO1RQ7G3B370GV4', /^PS\d\d[A-Z]{4}[A-Z0-9]{21}$/],
];
let changed = false;
for (const [number, structure] of numbers) {
  if (!structure.test(number) || mod97(number) !== 1n) throw new Error(`${number} is not valid`);
  const valid = isValidIBAN(number);
  console.log(number, valid ? 'accepted' : 'refused');
  changed ||= valid;
}
if (changed) console.error('changed: ibantools accepts what it refused');
process.exit(changed ? 1 : 0);
END
node look.mjs
