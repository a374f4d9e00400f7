/** Published test numbers of the brands: nobody's cards. */
const sixteen = [
  '4111111111111111',
  '4012888888881881',
  '4242424242424242',
  '5555555555554444',
  '5105105105105100',
  '2223003122003222',
  '6011111111111117',
  '3530111333300000',
  '6200000000000005',
  '2200000000000004',
  '5019717010103742',
];
const fifteen = ['378282246310005', '371449635398431'];
const fourteen = ['30569309025904', '38520000023237'];
const nineteen = ['6205500000000000004', '4000000000000000006'];

const fours = (number: string, gap: string): string => (number.match(/.{1,4}/g) ?? []).join(gap);
const shift = (number: string, zero: number): string =>
  [...number].map((digit) => String.fromCodePoint(zero + Number(digit))).join('');

/** How people write and disguise a number. */
const disguises: readonly ((number: string) => string)[] = [
  (number) => number,
  (number) => `my card is ${number} exp 12/27 cvv 123`,
  (number) => fours(number, ' '),
  (number) => `use ${fours(number, '-')} please`,
  (number) => fours(number, '.'),
  (number) => fours(number, ' - '),
  (number) => fours(number, '\u00A0'),
  (number) => fours(number, '\u2013'),
  (number) => fours(number, '_'),
  (number) => fours(number, '/'),
  (number) => fours(number, '\n'),
  (number) => fours(number, '\u{1F525}'),
  (number) => [...number].join(' '),
  (number) => [...number].join('\u200B'),
  (number) => [...number].join('-'),
  (number) => shift(number, 0xff10),
  (number) => fours(shift(number, 0xff10), '\u3000'),
  (number) => fours(shift(number, 0x0660), ' '),
  (number) => shift(number, 0x0966),
  (number) => shift(number, 0x1d7ce),
  (number) => [...number].map((digit) => `${digit}\uFE0F\u20E3`).join(''),
  (number) => [...number].map((digit) => `${digit}\u0336`).join(''),
  (number) => fours(number, '\u00AD'),
  (number) => `카드번호${number}입니다`,
  (number) => `卡号：${fours(number, ' ')}，有效期12/27`,
  (number) => `カード番号は${fours(number, 'ー')}です`,
  (number) => `Kreditkarte:${number},CVC 123`,
  (number) => `tarjeta ${fours(number, ' ')} 12/27 123`,
  (number) => `visa${number}`,
  (number) => `"${number}"`,
  (number) => `(${fours(number, ' ')})`,
];

const amexOrDiners = (number: string, gap: string): string =>
  [number.slice(0, 4), number.slice(4, 10), number.slice(10)].join(gap);

const odd = `
my card: 41111 11111 11111 1
card number 411111 1111111111
visa 4111 1111-1111 1111
credit card 41 11 11 11 11 11 11 11
the card is 4111 1111 1111 1111 1227 123
debit card 4222222222222
maestro card 675900000000
4111 1111 1111 1111 and 5555 5555 5555 4444
two cards: 4111111111111111, 5555555555554444
order it with 4111 1111 1111 1111
4111 11 1111 111111
4lll 1111 1111 1111
411l111l11111111
four one one one, then 1111 1111 1111
4111 1111 then 1111 1111
first half 41111111, second half 11111111
四一一一 1111 1111 1111
1111 1111 1111 1114 backwards
order 4111111111111111
https://pay.example/?pan=4111111111111111
a4111111111111111z
4111****1111****1111****1111
4 111 11 1111 1 11111 1
`;

/** Lines that hold a card; some of the last ones are known to be missed, and stand here so that the figure is honest. */
export const cardLines: readonly string[] = [
  ...[...sixteen, ...nineteen].flatMap((number) => disguises.map((disguise) => disguise(number))),
  ...[...fifteen, ...fourteen].flatMap((number) => [
    ...[' ', '-', '.', '\u00A0'].map((gap) => amexOrDiners(number, gap)),
    number,
    [...number].join(' '),
    shift(number, 0xff10),
    `amex ${number}`,
  ]),
  ...odd.trim().split('\n'),
];
