#!/usr/bin/env bash
# stdnum 1.12.0 (npm) and python-stdnum 2.2 (PyPI) refuse nine of ten Korean resident registration numbers given out since 2020.
#
# Expected: Enforcement Rule of the Resident Registration Act (주민등록법 시행규칙), in force since 5 October 2020: behind the
#   birth date, the seventh digit is sex and century and the other six are random ("임의번호"); there is no check digit any more.
# Seen: both calculate the old check digit and refuse the numbers where it does not happen to agree.
# Output:
#   npm stdnum 1.12.0 accepts 1 of 10 last digits
#   python-stdnum 2.2 accepts 1 of 10 last digits
# Why it matters: whoever uses either to find numbers of this kind in text misses nine of ten people who were born or renumbered
#   since. Use date, seventh digit and a hyphen or a keyword instead. The numbers are made up.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts stdnum@1.12.0
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check python-stdnum==2.2
cat >look.mjs <<'END'
import { stdnum } from 'stdnum';

const accepted = Array.from({ length: 10 }, (_, last) => stdnum.KR.rrn.validate(`210101-312345${last}`).isValid);
console.log(accepted.filter(Boolean).length);
END
cat >look.py <<'END'
from stdnum.kr import rrn

print(sum(rrn.is_valid(f'210101-312345{last}') for last in range(10)))
END
npm=$(node look.mjs)
python=$(venv/bin/python look.py)
echo "npm stdnum 1.12.0 accepts $npm of 10 last digits"
echo "python-stdnum 2.2 accepts $python of 10 last digits"
if [ "$npm $python" != '1 1' ]; then
  echo 'changed: random numbers are known now' >&2
  exit 1
fi
