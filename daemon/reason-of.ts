/** What a fault says, whatever was thrown: libraries throw strings, too. */
export const reasonOf = (fault: unknown): string => (fault instanceof Error ? fault.message : String(fault))
