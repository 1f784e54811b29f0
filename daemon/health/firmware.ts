/** A Pi's firmware asked by its own program, for kernels that do not pass its word on. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'

// Raspberry Pi OS; Debian has it in the same place.
const PROGRAM = '/usr/bin/vcgencmd'
// Own: it answers within milliseconds, or its mailbox hangs.
const PATIENCE_MS = 2000

/** The word of `vcgencmd get_throttled`; null where there is no such program, or it does not answer. Never rejects. */
export const firmwareWord = (program = PROGRAM): Promise<number | null> =>
  new Promise((resolve) => {
    if (!existsSync(program)) return resolve(null)
    execFile(program, ['get_throttled'], { timeout: PATIENCE_MS, killSignal: 'SIGKILL' }, (fault, stdout) => {
      // One that may not ask (group video) says so here; temperature and memory are looked at all the same.
      const word = fault === null ? /throttled=0x([0-9a-f]+)/i.exec(stdout)?.[1] : undefined
      resolve(word === undefined ? null : Number.parseInt(word, 16))
    })
  })
