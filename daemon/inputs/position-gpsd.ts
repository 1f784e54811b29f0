/** The position as gpsd has it. */
import { connect, type Socket } from 'node:net'
import { reportIn, WATCH } from './gpsd-reports.js'
import type { Position } from './messages.js'
import { createTeller } from './once.js'
import type { Input, Surroundings } from './types.js'

export type GpsdPlace = { host: string; port: number; staleSeconds: number }

// gpsd_json(5): a sentence has at most 10240 characters, line end included.
const LONGEST_LINE = 10_240
// Own: gpsd starts with the vehicle; a receiver that is plugged later is gpsd's to find.
const RETRY_MS = 5_000

/** Unknown without a fix, and when gpsd has said nothing for `staleSeconds`. A gpsd that is away is named once and tried again. */
export const createGpsdPosition = (
  { host, port, staleSeconds }: GpsdPlace,
  { log, now }: Surroundings,
  retryMs = RETRY_MS,
): Input<Position> => {
  const where = `${host}:${port}`
  const teller = createTeller(
    (message) => log.warn(`${message} Until then events tell no position; trying again by itself.`),
    (message) => log.debug(message),
  )
  let told: { position: Position; atMs: number } | null = null
  let socket: Socket | null = null
  let timer: NodeJS.Timeout | null = null
  let closed = false

  function hear(line: string, from: Socket): void {
    const report = reportIn(line)
    if (report.kind === 'strange') {
      from.destroy(new Error(`what answers at ${where} is not gpsd`))
    } else if (report.kind === 'fix') {
      teller.well()
      told = report.position === null ? null : { position: report.position, atMs: now() }
    }
  }

  function open(): void {
    timer = null
    const opened = connect(port, host)
    socket = opened
    let rest = ''
    let fault: Error | null = null
    opened.setEncoding('utf8')
    opened.on('connect', () => {
      log.info(`Listening for the position at gpsd on ${where}.`)
      opened.write(WATCH)
    })
    opened.on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) if (line.trim() !== '' && !opened.destroyed) hear(line, opened)
      if (rest.length > LONGEST_LINE) opened.destroy(new Error(`what answers at ${where} is not gpsd`))
    })
    opened.on('error', (error) => {
      fault = error
    })
    opened.on('close', () => {
      if (closed || opened !== socket) return
      socket = null
      teller.fault(
        `gpsd at ${where} is not there (${fault?.message ?? 'it hung up'}): is it running, are position.gpsd.host and port right?`,
      )
      timer = setTimeout(open, retryMs)
    })
  }

  open()
  return {
    read: (nowMs) => (told !== null && nowMs - told.atMs <= staleSeconds * 1000 ? told.position : null),
    async close() {
      closed = true
      told = null
      if (timer !== null) clearTimeout(timer)
      socket?.destroy()
    },
  }
}
