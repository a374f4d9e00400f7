/** Who may see whether somebody is there; a contact is who is one for a profile too. */
export const audiences = ['everyone', 'contacts', 'nobody'] as const;
