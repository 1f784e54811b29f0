/** A Pi's firmware asked by its own program, for kernels that do not pass its word on. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { Socket } from 'node:net'

// Raspberry Pi OS; Debian has it in the same place.
const PROGRAM = '/usr/bin/vcgencmd'
// Own: it answers within milliseconds, or its mailbox hangs.
const PATIENCE_MS = 2000

export interface Firmware {
  /** The word of `vcgencmd get_throttled`; null where there is no such program, or it does not answer. Never rejects. */
  word(): Promise<number | null>
}

/** One question at a time: a program that the kernel holds is not started again and again, nor does the end wait for it. */
export const createFirmware = (program = PROGRAM): Firmware => {
  let isAsking = false
  const ask = (resolve: (word: number | null) => void): void => {
    if (isAsking || !existsSync(program)) {
      resolve(null)
      return
    }
    isAsking = true
    const patience = setTimeout(() => {
      asked.kill('SIGKILL')
      resolve(null)
    }, PATIENCE_MS).unref()
    const asked = execFile(program, ['get_throttled'], (fault, stdout) => {
      clearTimeout(patience)
      isAsking = false
      // One that may not ask (group video) says so here; temperature and memory are looked at all the same.
      const word = fault === null ? /throttled=0x([0-9a-f]+)/i.exec(stdout)?.[1] : undefined
      resolve(word === undefined ? null : Number.parseInt(word, 16))
    })
    // The end of the daemon waits for none of it.
    asked.unref()
    for (const pipe of [asked.stdout, asked.stderr]) if (pipe instanceof Socket) pipe.unref()
  }
  return { word: () => new Promise(ask) }
}
