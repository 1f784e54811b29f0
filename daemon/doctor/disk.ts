/** Whether what must outlive a restart can be kept: a folder that the service can write, and room in it. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { stateFile } from '../state-folder.js'
import { freeMbIn, INSTALLED, reachOfService, refusalOf } from './folder.js'
import { type Check, type Diagnosis, fail, pass, warn } from './types.js'

// Own: beside the outbox (20 MB as shipped) and what SQLite needs to tidy it up, something is left for the log.
const SPARE_MB = 100
const MAKE_ROOM = 'make room: what else fills this disk?  sudo du -xhd2 / | sort -h | tail'

function room(folder: string, neededMb: number): Diagnosis {
  const freeMb = freeMbIn(folder)
  const found = `${freeMb} MB free in ${folder}`
  if (freeMb < neededMb)
    return fail('disk', 'disk-full', `${found}; waiting events may need ${neededMb} MB`, `${MAKE_ROOM}; or lower fleet.outbox.maxMb`)
  return freeMb < neededMb + SPARE_MB ? warn('disk', 'disk-low', found, MAKE_ROOM) : pass('disk', found)
}

export const disk: Check = async ({ config: { fleet, state } }) => {
  const { file: own, maxMb } = fleet.outbox
  const file = own ?? stateFile(state.dir, 'outbox.sqlite')
  if (file === null && !existsSync(INSTALLED))
    return [
      warn(
        'disk',
        'disk-nowhere',
        `nothing is kept over a restart: state.dir names no folder, and the service's own, ${INSTALLED}, is not there yet`,
        'start the service once, which makes it: sudo systemctl start kantukd; without the service, name a folder in state.dir',
      ),
    ]
  const folder = file === null ? INSTALLED : path.dirname(file)
  const refusal = (await refusalOf(folder)) ?? (await reachOfService(folder, INSTALLED))
  if (refusal === null) return [room(folder, maxMb)]
  const { why, cure } = refusal
  const what = `events cannot be kept in ${folder} (${why}): they wait in memory, and are lost with the power`
  return [fail('disk', refusal.isFull ? 'disk-full' : 'disk-refused', what, cure ?? MAKE_ROOM)]
}
