/** Buzzer and light as lines of text: for a desk without hardware. */
import { type AlarmOutput, type Lines, OFF } from './types.js'

/** Where it prints; `process.stderr` fits. */
export type Printer = { write(text: string): unknown; isTTY?: boolean | undefined }

const RED = '\u001b[1;31m'
const YELLOW = '\u001b[33m'
const PLAIN = '\u001b[0m'

/** One line on every change, such as `BUZZER on   LED on`; red and yellow on a terminal. */
export const createConsoleOutput = (stream: Printer): AlarmOutput => {
  let shown: Lines = OFF
  let closed = false
  const part = (name: string, on: boolean, color: string): string =>
    on && stream.isTTY === true ? `${color}${name} on ${PLAIN}` : `${name} ${on ? 'on ' : 'off'}`
  const set = (lines: Lines): void => {
    if (closed || (lines.buzzer === shown.buzzer && lines.led === shown.led)) return
    shown = lines
    stream.write(`${part('BUZZER', lines.buzzer, RED)}  ${part('LED', lines.led, YELLOW)}\n`)
  }
  return {
    set,
    close() {
      set(OFF)
      closed = true
    },
  }
}
