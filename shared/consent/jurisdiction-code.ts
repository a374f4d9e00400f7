const shape = /^[A-Z]{2}(?:-[A-Z0-9]{1,3})?$/;

/** True for a code the table or an override may carry: `KR`, `CA-QC`. */
export const isJurisdiction = (code: string): boolean => shape.test(code);
