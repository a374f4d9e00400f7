#!/usr/bin/env bash
# stdnum 1.12.0 (npm) refuses a Swedish personal number that is written without its hyphen.
#
# Expected: Skatteverket keeps the number with twelve digits; the hyphen, or the plus sign from 100 years on, belongs to the
#   printed form of ten (18 § folkbokföringslagen 1991:481; Skatteverket, Rättslig vägledning, "Personnummer").
#   python-stdnum 2.2, stdnum.se.personnummer, takes both.
# Seen: "19740219-0024" is valid, "197402190024" has a wrong length.
# Output:
#   740219-0024 true
#   19740219-0024 true
#   7402190024 false InvalidLength
#   197402190024 false InvalidLength
# Why it matters: the twelve digits are what forms ask for and what people send. Put the hyphen in first. The number is made up.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts stdnum@1.12.0
cat >look.mjs <<'END'
import { stdnum } from 'stdnum';

const seen = ['740219-0024', '19740219-0024', '7402190024', '197402190024'].map((number) => {
  const { isValid, error } = stdnum.SE.personnummer.validate(number);
  console.log(number, isValid, error?.name ?? '');
  return isValid;
});
const asStated = seen.join() === 'true,true,false,false';
if (!asStated) console.error('changed: the hyphen may be left out now');
process.exit(asStated ? 0 : 1);
END
node look.mjs
