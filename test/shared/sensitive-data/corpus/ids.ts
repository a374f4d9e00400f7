/** Made-up numbers with right check digits, each beside a word that gives it away. */
export const idLines = `
my ssn is 123-45-6789
SSN: 123456789
social security number 123 45 6789
ssn １２３-４５-６７８９
taxpayer 123-45-6789 filed
número de seguro social 123-45-6789
주민번호 900101-1234568
주민등록번호는 9001011234568 입니다
제 주민등록번호 210315-3123456
외국인등록번호 900101-5123456
resident registration 900101 - 1234568
주민 ９００１０１－１２３４５６８
my NI number is AB123456C
national insurance ab 12 34 56 c
NINO JG103759A
meu CPF é 529.982.247-25
cpf 52998224725
CPF: 111.444.777-35
mi DNI 12345678Z
dni: 12.345.678-Z
NIE X1234567L
nif 12345678 z
numéro de sécu 2 55 08 14 168 025 38
NIR 255081416802538
sécurité sociale 1 84 12 76 451 089 46
aadhaar 2341 2341 2346
my aadhar number 234123412346
आधार २३४१ २३४१ २३४६
身份证 11010519491231002X
身份证号码是440524188001010014
id card 110105 19491231 002x
`
  .trim()
  .split('\n');

/** The same numbers alone: found only where the operator named the country. */
export const bareIdLines = `
US 123-45-6789
KR 900101-1234568
KR 9001011234568
KR 210315-3123456
GB AB123456C
BR 529.982.247-25
ES 12345678Z
ES X1234567L
FR 2 55 08 14 168 025 38
IN 2341 2341 2346
CN 11010519491231002X
`
  .trim()
  .split('\n')
  .map((line) => ({ country: line.slice(0, 2), text: line.slice(3) }));
