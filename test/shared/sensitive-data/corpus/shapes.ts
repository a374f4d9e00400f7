/** Shapes of ordinary lines: `#` is any digit, `@` any capital letter, `{a|b}` either. */
const shapes = `
see you at ##:## at gate ##
my number is +## ## #### #### {call|text} me
call me 0##-####-####
전화번호 010-####-#### 이에요
택배 운송장 ############ 확인해 주세요
주문번호 ################ 입니다
order ###-#######-####### has shipped
order no. ########
your parcel ################ is on its way
tracking 1Z@@#######@########
tracking number 94## #### #### #### #### ##
Sendungsnummer #################### kommt heute
Bestellung ########## vom ##.##.20##
colis @@#########@@ livré
pedido ######### chega amanhã
rastreio @@#########@@
订单号 ##################
快递单号 @@#############
注文番号 ###-#######-#######
伝票番号 ####-####-####
meeting id ### #### ####, passcode ######
the code is ######
G-###### is your code
your one time password is #### ####
that was #,###.## dollars
#.###,## € for ## nights
it cost ₩#,###,###
price went from ##### to #####
flight @@ #### on 20##-##-##
train ### platform ## seat ##
invoice 20##-##### is open
Rechnung ######## über ###,## €
facture n° ##########
serial @@#########
imei ###############
isbn 978-#-####-####-#
ean #############
wifi password @@####@@##
coordinates ##.######, ###.######
born in 19##, moved in 20##
from 20## to 20##, again in 20##
scores ## : ## and ## : ##
room ####, floor ##, building ##
{postcode|zip} ##### or #####-####
lottery ## ## ## ## ## ##
batch ########-####
version #.##.### build #########
commit a1b#####f###c#####
user id ##################
https://shop.example/item/################
ticket ###########, row ##
member ########## expires in ##
bank code ### account ######-##-######
계좌 ###-######-##-###
account ######## sort code ##-##-##
{timestamp|at} 17########
timestamp 17###########
measured ##.#, ##.#, ##.#, ##.#, ##.#
temperatures ## ## ## ## ## ## ## ##
call +33 # ## ## ## ## or # ## ## ## ##
tel 0## ### ## ##
whatsapp +55 ## 9####-####
phone (###) ###-#### ext ##
chapter ## verse ## to ##
pi is 3.14159265358979#########
the {dni|days} were ## and ##
run ## km in ##:##:##
no reason to sin ### times
take the pan ## cm or ## cm
card game at ##, bring ## cards
the card costs ## ### ###
visa appointment ##.##.20## at ##:##, reference @@@########
my {ic|id} badge is #### in room ####
plate @@ ### @@
plate @@-@@-####
case ##-##### of 20##
`
  .trim()
  .split('\n');

/** Lines of these shapes, the same ones every time, in turn. */
export function shapedLines(count: number, next: () => number): readonly string[] {
  const draw = (from: string) => from.charAt(Math.floor(next() * from.length));
  return Array.from({ length: count }, (_, index) =>
    (shapes[index % shapes.length] ?? '')
      .replaceAll(/\{([^}]*)\}/g, (_whole, choices: string) => {
        const all = choices.split('|');
        return all[Math.floor(next() * all.length)] ?? '';
      })
      .replaceAll('#', () => draw('0123456789'))
      .replaceAll('@', () => draw('ABCDEFGHIJKLMNOPQRSTUVWXYZ')),
  );
}
