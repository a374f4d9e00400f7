#!/usr/bin/env bash
# python-stdnum 2.2 (PyPI), stdnum.id.nik, refuses the identity numbers of four of the six provinces of Papua.
#
# Expected: PP 37/2007, article 37: the first six digits of a NIK are the codes of province, regency and district, which the
#   Ministry of Home Affairs gives out (Permendagri 137/2017 and its successors): Papua 91, Papua Barat 92, Papua Selatan 93,
#   Papua Tengah 94, Papua Pegunungan 95, Papua Barat Daya 96.
# Seen: its table has the statistical office's older codes, in which Papua Barat is 91 and Papua 94; 92, 93, 95 and 96 are
#   unknown.
# Output:
#   91 accepted
#   92 refused: InvalidComponent
#   93 refused: InvalidComponent
#   94 accepted
#   95 refused: InvalidComponent
#   96 refused: InvalidComponent
# Why it matters: identity numbers from a whole island go undetected in chat. The numbers are made up.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check python-stdnum==2.2
cat >look.py <<'END'
import sys
from stdnum.exceptions import ValidationError
from stdnum.id import nik

seen = []
for region in ('917101', '920101', '930101', '940101', '950101', '960101'):
    province = region[:2]
    try:
        nik.validate(region + '150390' + '0001')
        print(province, 'accepted')
        seen.append(province)
    except ValidationError as error:
        print(province, 'refused:', type(error).__name__)
if seen != ['91', '94']:
    print('changed: other provinces are known now', file=sys.stderr)
    sys.exit(1)
END
venv/bin/python look.py
