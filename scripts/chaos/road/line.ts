/** The buzzer's line on the false sysfs: when it was on, and how it is made to refuse. */
import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { monotonicMs } from '../../../daemon/monotonic.js'
import { BUZZER, LED, putLine, removeLine } from '../../../tests/alarm/namespace/tree.js'
import type { Span } from './truth.js'

const LOOK_EVERY_MS = 10
// The shortest beep of a warning.
const BEEP_MS = 120
const folderOf = (line: number): string => `/sys/class/gpio/gpio${line}`

export interface Line {
  /** Spans in which it was on; the last may still go on. */
  readonly sounding: readonly Span[]
  /** Spans in which this program was kept waiting, and beeps may have come and gone. */
  readonly unwatched: readonly Span[]
  isOn(): boolean
  /** Writing to it fails from now on, as with a chip that was pulled; it is then off. @returns how to bring it back */
  refuse(): () => void
  close(): void
}

/** Each line gets a disk of its own, so small that it can be filled: a kernel's refusal is ENOSPC here. */
const putSmallDisk = (line: number): void => {
  removeLine(line)
  putLine(line)
  const files = ['direction', 'value', 'active_low', 'edge'].map((name) => [name, readFileSync(`${folderOf(line)}/${name}`)] as const)
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=32k', 'tmpfs', folderOf(line)])
  for (const [name, content] of files) writeFileSync(`${folderOf(line)}/${name}`, content)
}

export const watchBuzzer = (): Line => {
  for (const line of [BUZZER, LED]) putSmallDisk(line)
  const sounding: Span[] = []
  const unwatched: Span[] = []
  let lookedMs = monotonicMs()
  const isOn = (line = BUZZER): boolean => readFileSync(`${folderOf(line)}/value`, 'utf8').startsWith('1')
  let wasOn = false
  const looking = setInterval(() => {
    const nowMs = monotonicMs()
    if (nowMs - lookedMs > BEEP_MS) unwatched.push({ fromMs: lookedMs, toMs: nowMs })
    lookedMs = nowMs
    const on = isOn()
    const last = sounding.at(-1)
    if (on && !wasOn) sounding.push({ fromMs: nowMs, toMs: nowMs })
    else if (on && last !== undefined) last.toMs = nowMs
    wasOn = on
  }, LOOK_EVERY_MS)
  return {
    sounding,
    unwatched,
    isOn: () => isOn(BUZZER) || isOn(LED),
    refuse() {
      const filler = `${folderOf(BUZZER)}/filler`
      truncateSync(`${folderOf(BUZZER)}/value`)
      for (let bytes = 32_768; bytes >= 512; bytes /= 2) {
        try {
          writeFileSync(filler, Buffer.alloc(bytes), { flag: 'a' })
        } catch (error) {
          if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
        }
      }
      return () => rmSync(filler)
    },
    close() {
      clearInterval(looking)
      for (const line of [BUZZER, LED]) execFileSync('umount', [folderOf(line)])
    },
  }
}
