/** A GPIO line that is listened to for good: a line that cannot be had, or fails, is named once and tried again. */
import { codedSentence } from '../coded.js'
import type { Gpio, GpioError, InputLine, Part, Wire } from '../gpio/index.js'
import { createTeller } from './once.js'
import type { Log } from './types.js'

export type LineOptions = {
  gpio: Gpio
  part: Part
  wire: Wire
  edge: 'rising' | 'both'
  debounceMs: number
  log: Log
  /** The level when the line was taken, and each change of it; null when it can no longer be read. */
  onLevel(isOn: boolean | null, isChange: boolean): void
  /** Default 30 s; own: a line that is busy stays so for long, and each try costs a few ms. */
  retryMs?: number
}

export interface KeptLine {
  close(): void
}

const RETRY_MS = 30_000

/** Never throws. */
export const keepLine = ({ gpio, part, wire, edge, debounceMs, log, onLevel, retryMs = RETRY_MS }: LineOptions): KeptLine => {
  const teller = createTeller(
    (message) => log.warn(`${message}. Until then the ${part.name} is unknown.`),
    (message) => log.debug(message),
  )
  let line: InputLine | null = null
  let timer: NodeJS.Timeout | null = null
  let closed = false

  function lost(fault: unknown): void {
    // The addon may tell of one fault several times before it is quiet.
    if (closed || timer !== null) return
    teller.fault(fault instanceof Error ? codedSentence(fault) : String(fault))
    onLevel(null, false)
    const dead = line
    line = null
    // Not here: this may be the addon's own callback, for this very line.
    setImmediate(() => dead?.close())
    timer = setTimeout(take, retryMs)
  }

  function take(): void {
    timer = null
    try {
      line = gpio.takeInput(part, wire, {
        edge,
        debounceMs,
        onChange: (isOn) => {
          if (!closed && timer === null) onLevel(isOn, true)
        },
        onFault: (fault: GpioError) => lost(fault),
      })
      onLevel(line.isOn(), false)
      teller.well()
      log.debug(`The ${part.name} is on line ${wire.line} of ${wire.chip}.`)
    } catch (fault) {
      lost(fault)
    }
  }

  take()
  return {
    close() {
      closed = true
      if (timer !== null) clearTimeout(timer)
      line?.close()
      line = null
    },
  }
}
