const eastAsian = '[\\p{sc=Hang}\\p{sc=Han}\\p{sc=Hira}\\p{sc=Kana}ー]';
/** A word in another script right behind Latin letters or digits goes on with the sentence: `example.com을`, `/docs에서`. */
const followed = new RegExp(`[a-z\\d](?=${eastAsian})`, 'iu');
/** So does a particle behind a slash; other words there are names of pages. */
const particle =
  /\/(?=(?:에서|에게|으로|로|에|을|를|은|는|이|가|와|과|의|도|만|부터|까지|입니다|이에요|예요|라고)$|を)/u;
const punctuation = new Set(".,:;!?'’”»*_~");

/** Where the address ends in what has no blank in it. */
export function addressEnd(found: string): number {
  const cuts = [followed, particle].map((pattern) => pattern.exec(found)?.index ?? found.length);
  return withoutPunctuation(found.slice(0, Math.min(...cuts) + 1));
}

/** What ends the sentence does not belong to the address; a bracket that it opened itself does. */
function withoutPunctuation(address: string): number {
  let unopened = 0;
  for (const character of address) {
    if (character === ')') unopened += 1;
    else if (character === '(') unopened -= 1;
  }
  let end = address.length;
  for (; end > 0; end -= 1) {
    const last = address.charAt(end - 1);
    if (last === ')' && unopened > 0) unopened -= 1;
    else if (!punctuation.has(last)) break;
  }
  return end;
}
