/** Ordinary chat with numbers in it, in languages written with Latin letters. One line, one message. */
export const ordinaryWestern = `
Call me on +1 415 555 2671 when you land
My new number is (212) 555-0147, save it
ring 020 7946 0958 and ask for Dave
mobile: 07700 900123 or 07700 900456
+44 7911 123456 is the driver, +44 7911 654321 the office
1-800-555-0199 ext. 4412
text 555-0134 or 555-0178 after 6
Our numbers: 415-555-2671 415-555-2672 415-555-2673
order 4929 shipped today
Order #112-7654321-1234567 is out for delivery
your order number is 4556737586899855
Order no. 4916338506082832, two items
tracking 9400 1000 0000 0000 0000 00
USPS says 9405511206213456789012
tracking: 1Z999AA10123456784
FedEx 7489 9801 2345, should be there tomorrow
FedEx 61299998820821171811
parcel JD014600006228974321 is at the depot
RR123456785GB left customs
invoice 2026-000451, total 1.249,00
invoice 20261123-0007 for 4,500.00 USD
ticket 4539578763621486 is still open
booking ref XK4P9Q, seat 24C, gate 52
flight BA2490 on 2026-11-23 at 16:45
that's $1,299.99 plus 8.25% tax
€4.111,11 for a sofa?!
paid 4111.11 for the laptop, 1111.11 for the screen
it cost 45,000,000 won, so about 34,111 dollars
budget: 1,000,000 / 2,500,000 / 4,750,000
score was 4111 to 1111 lol
2019 2020 2021 2022 2023 were all bad years
2019, 2020, 2021, 2022
meeting 23/11/2026 14:00-15:30, room 4111
2026-11-23 10:15:30 server went down, back 2026-11-23 10:44:12
20261123 101530 is in the file name
build 20261123101530 passed
timestamp 1795464000000 or 1795464000
epoch 1700000000000 vs 1700000001234
the id is 1172839475610293847
discord id 184405311681986560
snowflake 1455555555555555555 wtf
user id 4532015112830366 has no avatar
id: 5425233430109903 in the table
uuid 4111aaaa-1111-1111-1111-111111111111
550e8400-e29b-41d4-a716-446655440000
commit 4012888888881881abc broke it
sha 9f86d081884c7d659a2feaa0c55ad015
txn 0x4111111111111111 reverted
ip is 192.168.10.14, port 4111
10.0.0.1 10.0.0.2 10.0.0.3 10.0.0.4
2001:0db8:85a3:0000:0000:8a2e:0370:7334
mac 41:11:11:11:11:11
https://shop.example/orders/4111111111111111
see https://example.com/p/5555555555554444?ref=4012888888881881
www.example.org/4242424242424242/photo
https://maps.example/@37.5665350,126.9779692,17z
37.5665350, 126.9779692 is the pin
51.5073509,-0.1277583
pi is 3.14159265358979323846
0.4111111111111111 is what the console prints
x = 5.555555555555444e10
1234567890123456
1111 2222 3333 4444
1234 5678 9012 3456 is not a real number
0000 0000 0000 0000
9999 9999 9999 9999
lotto: 4 11 19 23 38 45
4 8 15 16 23 42
1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16
3 2 1 go
10 9 8 7 6 5 4 3 2 1 0
wifi password is 8841-2217-9930
the code is 482913, it runs out in 10 minutes
Your verification code: 4111 11
door code 4411#
pin 4711
EAN 4006381333931
barcode 4006381333931 4006381333948
ISBN 978-3-16-148410-0
ISBN 0-306-40615-2
IMEI 356938035643809
IMEI 490154203237518
SIM 89490200001234567890
VIN WVWZZZ1JZXW000001
serial C02XK1ZZJGH5
serial no 4485275742308327
licence key 4A11-1B11-11C1-111D
part 4111-1111-11
gift code 4111-1111-1111
model WH-1000XM4 at 279.00
size 41 42 43 44 45 46
41 11 11 11 is the clinic
12 34 56 78 and 87 65 43 21
DM 12345678 for info
is 12 people too many for a table at 19:30
be there at 20 30 or 20 45 please
at 12 or 13, whatever suits you
no 12 bus today, take the 14 or the 15 from stop 4111
it 60 min from here, se 15 min by bike
GB 1234 5678 is the plate I think
DE 44 is the exit, then 4 km to the 2nd light
ad 20 bucks and you get 10 more 12345678 points
room 12 floor 34 building 5678
reps: 12 12 10 10 8 8, weights 60 60 65 65 70 70
splits 5:12 5:08 5:15 5:02
4111m of climbing, 1111 to go
my score 98765432
they have 4111111111111111 combinations at least, says the article id 7
read p. 411-415 and 511-555
steps: 10234 8891 12004 7650 9932
10,234 8,891 12,004 7,650
7-11 at 4th & 11th, 24/7
80 20 rule, 50 50 chance
123-45-6789 is not a number you can call
078-05-1120 was on a wallet insert
AB123456C is the locker label
part no 12345678Z fits
529.982.247-25 on the back of the box
2 55 08 14 168 025 38 is the lottery row
Rufnummer: +49 30 901820
Ruf mich an: 0151 23456789
meine neue Nummer 0176-12345678, die alte 0160/9876543 geht nicht mehr
Bestellnummer 4532015112830366 ist unterwegs
Sendungsnummer 00340434161094042557
DHL 340434161094042557 kommt heute zwischen 14:10 und 15:40
Kostet 1.299,00 € statt 1.499,00 €
Rechnung 2026/11/00451 über 4.111,11 EUR
Termin am 23.11.2026 um 16:45 Uhr, Raum 4.111
IBAN steht auf der Rechnung, 22 Stellen
Postleitzahl 10115, Hausnummer 41
Zählerstand 41111,111 am 01.12.2026
Kundennummer 4012 8888 17
Zug ICE 1511 auf Gleis 11 um 11:11
appelle le 01 23 45 67 89
mon numéro c'est 06 12 34 56 78 ou 06 98 76 54 32
06 12 34 56 78 / 07 12 34 56 78
commande 4556737586899855 expédiée
colis 6A12345678901 en transit
ça fait 1 299,99 € avec la livraison
facture n° 2026-00451 du 23/11/2026
rdv le 23/11/2026 à 16h45, code 41B11
SIRET 732 829 320 00074
SIREN 732829320
train 8511 voiture 11 place 111
llámame al +34 612 345 678
mi móvil: 612 34 56 78 o 912 345 678
pedido 4916338506082832 enviado
son 1.299,99 euros, factura 2026/451
la cita es el 23/11/2026 a las 16:45
el vuelo IB3171 sale a las 11:11
CIF B12345678
código postal 28013, piso 4, puerta 11
me liga no (11) 91234-5678
meu zap é +55 11 91234-5678
pedido 4539578763621486 saiu para entrega
rastreio LB123456789BR
custa R$ 1.299,90 em 10x de 129,99
reunião dia 23/11/2026 às 14h
CEP 01310-100
CNPJ 11.222.333/0001-82
nota fiscal 35 2611 11222333000181
chiamami al 347 123 4567
ordine 4485275742308327 spedito
costa 1.299,99 €, sconto 15%
il treno 9511 parte alle 11:11
partita IVA 12345678903
bel me op 06 12345678
bestelling 4532015112830366 komt morgen
kost € 1.299,95
track & trace 3SABCD1234567
trein van 11:11, spoor 11
KvK 12345678
zadzwoń 512 345 678
zamówienie 4556737586899855 wysłane
kosztuje 1 299,99 zł
paczka 663412345678901234567890
NIP 526-000-12-46
ring 412 34 567
ring meg på 412 34 567 eller 951 23 456
ring mig på 070-123 45 67
det koster 1.299,95 kr
paket 00370712345678901234
puhelin 040 1234567
beni 0532 123 45 67 den ara
sipariş 4916338506082832 kargoda
fiyatı 1.299,99 TL
gọi 0912 345 678 nhé
đơn hàng 4539578763621486 đang giao
giá 1.299.000đ, chuyển trước 500.000
telpon 0812-3456-7890 ya
pesanan 25112312345678 sudah dikirim
harganya Rp 12.500.000, diskon 15%
`;
