#!/usr/bin/env bash
# stdnum 1.12.0 (npm) refuses a Chilean RUN or RUT as it is written, which is also how its own format() writes it.
#
# Expected: Servicio de Registro Civil e Identificación: the identity card shows the number with dots and a hyphen,
#   "24.933.260-7"; python-stdnum 2.2, module stdnum.cl.rut, docstring and test, takes the dots out before it looks.
# Seen: validate() takes "24933260-7" and 249332607, and calls the same number with dots a wrong length.
# Output:
#   format 24.933.260-7
#   validate 24933260-7 true
#   validate 24.933.260-7 false InvalidLength
# Why it matters: people copy the number from the card into a chat, with its dots. A detector that hands what it has found to
#   this package finds none of them. Take dots out first. The number is made up by the rule.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts stdnum@1.12.0
cat >look.mjs <<'END'
import { stdnum } from 'stdnum';

const { rut } = stdnum.CL;
const written = rut.format('249332607');
const plain = rut.validate('24933260-7');
const dotted = rut.validate(written);
console.log('format', written);
console.log('validate 24933260-7', plain.isValid);
console.log('validate', written, dotted.isValid, dotted.error?.name ?? '');
const asStated = written === '24.933.260-7' && plain.isValid && !dotted.isValid;
if (!asStated) console.error('changed: dots are read now');
process.exit(asStated ? 0 : 1);
END
node look.mjs
