import { isCardNumber } from './card-brands.ts';
import { anyShape, type CardCandidate, cardShaped } from './card-shapes.ts';
import { digitRuns } from './digit-runs.ts';
import { isNear, type Span } from './span.ts';

const cardWords =
  /\b(?:cards?|visa|master ?card|amex|american express|discover|unionpay|maestro|credit|debit|cvv|cvc|pan|cartes?|tarjetas?|cartão|cartao|(?:kredit)?karte|carta|kort|kaart|kart[ai]?)\b|kartę|карт|카드|신용|체크|カード|クレジット|卡|بطاقة|कार्ड|thẻ|บัตร/iu;
const referenceWords =
  /(?:#|№)\s?$|\b(?:orders?|tracking|parcel|shipment|invoice|ticket|booking|reference|ref|serial|imei|isbn|ean|barcode|account id|user id|id|sendung\w*|bestell\w*|auftrag\w*|rechnung\w*|commande|colis|suivi|facture|pedido|rastreo|rastreio|encomenda|factura|fatura|ordine|spedizione|pesanan)\b|sipariş|zamówieni|đơn hàng|objednávk|rendelés|beställning|tilaus|παραγγελ|주문|운송장|송장|注文|伝票|追跡|订单|訂單|单号|快递|заказ|трек|طلب|ऑर्डर/iu;
const cardWordBefore = /(?:card|visa|mastercard|amex|no|nr)$/i;
// Amounts, fragments of longer tokens, phone numbers: what such a number is never written behind or before.
const foreignBefore = /(?:[A-Za-z_+$€£¥₩₹]|[0-9][-_./,])$/;
const foreignAfter = /^(?:[A-Za-z_]|[.,][0-9]{1,2}(?![0-9/]))/;

const standsFree = (text: string, { start, end }: Span): boolean => {
  const before = text.slice(Math.max(0, start - 12), start);
  return (
    (!foreignBefore.test(before) || cardWordBefore.test(before)) &&
    !foreignAfter.test(text.slice(end, end + 4))
  );
};

const isReference = (text: string, { start }: Span): boolean =>
  referenceWords.test(text.slice(Math.max(0, start - 24), start));

const isCard = (text: string, candidate: CardCandidate): boolean =>
  isCardNumber(candidate.digits, false) &&
  (standsFree(text, candidate) || (candidate.beside !== undefined && standsFree(text, candidate.beside))) &&
  (candidate.groups > 1 || !isReference(text, candidate));

const isNamedCard = (text: string, candidate: CardCandidate): boolean =>
  isCardNumber(candidate.digits, true) && isNear(text, candidate, cardWords) && standsFree(text, candidate);

/** Whether the plain text holds a payment card number. */
export const hasPaymentCard = (text: string): boolean => {
  const namesCard = cardWords.test(text);
  return digitRuns(text).some(
    (run) =>
      cardShaped(run).some((candidate) => isCard(text, candidate)) ||
      (namesCard && anyShape(run).some((candidate) => isNamedCard(text, candidate))),
  );
};
