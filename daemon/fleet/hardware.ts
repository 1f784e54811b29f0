/** What the board says of itself, for `birth`. */
import { existsSync, readFileSync } from 'node:fs'
import os from 'node:os'
import type { BirthFacts } from './payloads/birth.js'

// The device tree names a Pi or a Jetson ("Raspberry Pi 4 Model B Rev 1.4", NUL at the end); a PC has none.
const DEVICE_TREE_MODEL = '/proc/device-tree/model'
const BYTES_IN_MB = 1024 * 1024

/** Board (else processor), architecture, cores, memory, system. @param modelFile where the device tree names the board */
export const describeHardware = (modelFile = DEVICE_TREE_MODEL): BirthFacts['hardware'] => {
  const board = existsSync(modelFile) ? readFileSync(modelFile, 'utf8').replaceAll('\0', '').trim() : ''
  const cpus = os.cpus()
  return {
    machine: board || cpus[0]?.model.trim() || 'unknown',
    arch: process.arch,
    cores: Math.max(1, cpus.length),
    memoryMb: Math.round(os.totalmem() / BYTES_IN_MB),
    os: `${os.type()} ${os.release()}`,
  }
}
