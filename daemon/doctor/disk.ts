/** Whether what must outlive a restart can be kept: a folder that can be written, and room in it. */
import { mkdtempSync, rmdirSync, statfsSync } from 'node:fs'
import path from 'node:path'
import { stateFile } from '../state-folder.js'
import { type Check, fail, pass, warn } from './types.js'

const BYTES_IN_MB = 1024 * 1024
// Own: beside the outbox (20 MB as shipped) and what SQLite needs to tidy it up, something is left for the log.
const SPARE_MB = 100

/** Throws what the file system throws. */
function tryToWrite(folder: string): void {
  rmdirSync(mkdtempSync(path.join(folder, '.doctor-')))
}

export const disk: Check = async ({ config }) => {
  const file = config.fleet.outbox.file ?? stateFile(config.state.dir, 'outbox.sqlite') ?? stateFile('/var/lib/kantukd', 'outbox.sqlite')
  if (file === null) return [warn('disk', 'disk-nowhere', 'nothing is kept over a restart', 'name a folder in state.dir')]
  const folder = path.dirname(file)
  try {
    tryToWrite(folder)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    return [
      warn(
        'disk',
        'disk-refused',
        `events cannot be kept in ${folder} (${why}); they would wait in memory and be lost with the power`,
        `make it, and give it to the service: sudo install -d -o kantukd ${folder}; or name another folder in state.dir`,
      ),
    ]
  }
  const { bavail, bsize } = statfsSync(folder)
  const freeMb = Math.floor((bavail * bsize) / BYTES_IN_MB)
  const neededMb = config.fleet.outbox.maxMb
  const found = `${freeMb} MB free in ${folder}`
  if (freeMb < neededMb)
    return [fail('disk', 'disk-full', `${found}; waiting events may need ${neededMb} MB`, `make room, or lower fleet.outbox.maxMb`)]
  if (freeMb < neededMb + SPARE_MB)
    return [warn('disk', 'disk-low', found, 'make room: what else fills this disk?  sudo du -xhd2 / | sort -h | tail')]
  return [pass('disk', found)]
}
