/** How one country's personal number is recognised. */
export type NationalId = {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** Finds candidates; needs the flag `g`. */
  readonly pattern: RegExp;
  /** Decides by the candidate's letters and digits alone, in upper case. */
  readonly isValid: (compact: string) => boolean;
  /** Words one of which must stand near, unless the operator named the country. */
  readonly words: RegExp;
  /** Whether the candidate as written is telling enough for a named country without a word beside it. */
  readonly isTelling: (written: string) => boolean;
};
