/** What this room needs of a logger; pino fits. */
export type Log = Readonly<Record<'debug' | 'info' | 'warn' | 'error', (message: string) => void>>
