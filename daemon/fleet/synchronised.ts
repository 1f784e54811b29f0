/**
 * Whether the machine's clock has been synchronised in this boot, whatever program keeps it: systemd-timesyncd leaves a file; of chrony and others
 * the kernel knows, and `timedatectl` asks it. Once is enough: a clock that was set stays right to a second or so a day.
 */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'

export interface Synchronised {
  /** As far as is known now; returns at once. */
  synced(): boolean
  close(): void
}

export type SynchronisedOptions = {
  /** Default: where systemd-timesyncd(8) leaves it once the clock was synchronised in this boot. */
  file?: string
  /** Default 30 s; own: each costs a short process, until the first yes. */
  everyMs?: number
  /** The program to ask; default `timedatectl`. */
  program?: string
}

const FILE = '/run/systemd/timesync/synchronized'
const EVERY_MS = 30_000
// Own: it answers in a tenth of a second, or hangs with D-Bus.
const ANSWER_WITHIN_MS = 5_000

export type Answer = 'yes' | 'no' | 'not-there'

/**
 * Asks the kernel, by timedatectl(1): yes where the largest error it is told of is below 16 s, which is so after any time service has set the clock
 * (chrony without `rtcsync` too, which leaves the flag STA_UNSYNC as it is). Never rejects.
 */
export const askKernel = (program = 'timedatectl'): Promise<Answer> =>
  new Promise((resolve) => {
    execFile(program, ['show', '--property=NTPSynchronized', '--value'], { timeout: ANSWER_WITHIN_MS }, (fault, said) => {
      if (fault === null) resolve(said.trim() === 'yes' ? 'yes' : 'no')
      else resolve(fault.code === 'ENOENT' ? 'not-there' : 'no')
    })
  })

/** As far as the file tells. */
export const fileSaysSo = (file = FILE): boolean => existsSync(file)

/** Looks at the file whenever asked, and asks the kernel now and then until it says yes. */
export const watchSynchronised = ({ file = FILE, everyMs = EVERY_MS, program }: SynchronisedOptions = {}): Synchronised => {
  let isSynced = false
  let closed = false
  let timer: NodeJS.Timeout | undefined

  async function ask(): Promise<void> {
    const answer = isSynced ? 'yes' : await askKernel(program)
    isSynced ||= answer === 'yes'
    if (closed || answer !== 'no') return
    timer = setTimeout(ask, everyMs)
    timer.unref()
  }

  void ask()
  return {
    synced() {
      isSynced ||= fileSaysSo(file)
      return isSynced
    },
    close() {
      closed = true
      clearTimeout(timer)
    },
  }
}
