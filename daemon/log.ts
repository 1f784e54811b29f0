/** The log: pretty on a terminal, sentences with a priority under systemd, else one JSON object a line. Written at once, in this thread. */
import { fstatSync } from 'node:fs'
import { type Logger, type LoggerOptions, pino } from 'pino'
import { prettyFactory } from 'pino-pretty'
import { z } from 'zod'
import type { Config } from './config/index.js'
import { createLogPace } from './log-pace.js'
import { monotonicMs } from './monotonic.js'

export type { Logger } from 'pino'

/** Where the log goes: stderr, so that results on stdout stay clean. */
export type LogStream = { write(text: string): unknown; isTTY?: boolean | undefined; fd?: number | undefined }

type Format = Exclude<Config['log']['format'], 'auto'>

/** pino's level → the priority of syslog, which journald reads from `<N>` at the beginning of a line. */
const priorities: Readonly<Record<number, number>> = { 10: 7, 20: 7, 30: 6, 40: 4, 50: 3, 60: 2 }

/** Names under which a secret could come into an entry; configuration holds none, but an error's options may. */
const secrets = ['password', 'passwd', 'secret', 'token', 'privateKey', 'authorization'].flatMap((name) => [
  name,
  `*.${name}`,
  `*.*.${name}`,
])

// pino's levels: what is asked for below `info` comes as it is, and so does what is fatal.
const INFO = 30
const FATAL = 60

/** Lets a sentence pass so often in a minute, and says where it stopped. */
const paced = (now: () => number): NonNullable<LoggerOptions['hooks']> => {
  const pace = createLogPace()
  return {
    logMethod(args, method, level) {
      if (level < INFO || level >= FATAL) return method.apply(this, args)
      const [first, second] = args as readonly unknown[]
      const { say, isLast, leftOut } = pace.take(String(typeof first === 'string' || first instanceof Error ? first : second), now())
      if (leftOut > 0) method.call(this, `${leftOut} more like the next entry were left out of this log.`)
      if (say) method.apply(this, args)
      if (isLast) method.call(this, 'What is like the last entry is left out of this log for up to a minute.')
    },
  }
}

/** A logger of the configured level and format. Never throws on what is logged. */
export const createLogger = (...options: Parameters<typeof createAdjustableLog>): Logger => createAdjustableLog(...options).log

export interface AdjustableLog {
  readonly log: Logger
  /** Another level and format from the next entry on. */
  adjust(config: Config['log']): void
}

/** A logger whose level and format may change. Never throws on what is logged. */
export const createAdjustableLog = (
  config: Config['log'],
  stream: LogStream = process.stderr,
  env: NodeJS.ProcessEnv = process.env,
  now = monotonicMs,
): AdjustableLog => {
  const writerFor = ({ format }: Config['log']) => writers[format === 'auto' ? formatFor(stream, env) : format](stream)
  let write = writerFor(config)
  const options = {
    level: config.level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: secrets, censor: '[hidden]' },
    hooks: paced(now),
  }
  const log = pino(options, { write: (line) => write(line) })
  return {
    log,
    adjust(next) {
      log.level = next.level
      write = writerFor(next)
    },
  }
}

const writers: Readonly<Record<Format, (stream: LogStream) => (line: string) => void>> = {
  json: (stream) => (line) => stream.write(line),
  journal: (stream) => (line) => stream.write(journalLines(line)),
  pretty: (stream) => {
    // the function, not pino-pretty's stream: nothing is lost when the process ends right after
    const prettify = prettyFactory({ colorize: stream.isTTY === true, translateTime: 'SYS:HH:MM:ss', ignore: 'pid,hostname' })
    return (line) => stream.write(prettify(line) ?? line)
  },
}

const formatFor = (stream: LogStream, env: NodeJS.ProcessEnv): Format => {
  if (stream.isTTY === true) return 'pretty'
  return isJournal(stream, env) ? 'journal' : 'json'
}

/** systemd names the journal's socket in JOURNAL_STREAM as device:inode; a child of the service may write elsewhere. */
const isJournal = (stream: LogStream, env: NodeJS.ProcessEnv): boolean => {
  if (env.JOURNAL_STREAM === undefined || stream.fd === undefined) return false
  const { dev, ino } = fstatSync(stream.fd)
  return env.JOURNAL_STREAM === `${dev}:${ino}`
}

const entry = z.looseObject({ level: z.number(), msg: z.string().default(''), err: z.looseObject({ message: z.string() }).optional() })

/** The sentence alone: journald keeps the time and the priority itself. */
const journalLines = (line: string): string => {
  const { level, msg, err } = entry.parse(JSON.parse(line))
  const text = err === undefined || msg.includes(err.message) ? msg : `${msg}${msg === '' ? '' : ': '}${err.message}`
  return text
    .split('\n')
    .map((part) => `<${priorities[level] ?? 6}>${part}\n`)
    .join('')
}
