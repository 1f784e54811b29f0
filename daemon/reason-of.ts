/** What a fault says, whatever was thrown: libraries throw strings, too. */
export const reasonOf = (fault: unknown): string => (fault instanceof Error ? fault.message : String(fault))

/** The first line of it: native libraries write many. */
export const firstLine = (fault: unknown): string => reasonOf(fault).split('\n')[0] ?? ''

/** Whether it carries this code, of the system (ENOENT) or of ours. */
export const isCode = (fault: unknown, code: string): boolean => fault instanceof Error && 'code' in fault && fault.code === code
