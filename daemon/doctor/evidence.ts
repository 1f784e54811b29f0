/** Whether pictures around alarms are kept, and could be: the key, the folder, what lies there. The folder is not made here: it must be the service's own. */
import { existsSync, statfsSync } from 'node:fs'
import path from 'node:path'
import { readKey } from '../evidence/key.js'
import { createStore } from '../evidence/store.js'
import { reasonOf } from '../reason-of.js'
import { evidenceFolder } from '../wiring/evidence.js'
import { type Check, fail, pass, warn } from './types.js'

// Of the unit's StateDirectory=kantukd: a command, which systemd has not started, is not told.
const INSTALLED = '/var/lib/kantukd/evidence'
const BYTES_IN_MB = 1024 * 1024

/** Null where it is not there yet. */
const freeMbIn = (folder: string): number | null => {
  const at = [folder, path.dirname(folder)].find((each) => existsSync(each))
  if (at === undefined) return null
  const { bavail, bsize } = statfsSync(at)
  return Math.floor((bavail * bsize) / BYTES_IN_MB)
}

export const evidence: Check = async ({ config }) => {
  const { enabled, keyFile, maxMb, maxDays } = config.evidence
  const folder = evidenceFolder(config) ?? INSTALLED
  const damaged: string[] = []
  try {
    if (enabled && keyFile !== null) readKey(keyFile)
    const listed = await createStore(folder).list((why) => void damaged.push(why))
    const megabytes = (listed.reduce((sum, { bytes }) => sum + bytes, 0) / BYTES_IN_MB).toFixed(1)
    const there = `${listed.length} records, ${megabytes} MB in ${folder}`
    const [first] = damaged
    if (first !== undefined)
      return [warn('evidence', 'evidence-spoilt', `${there}; ${damaged.length} damaged: ${first}`, 'kantukd evidence delete ID')]
    if (!enabled) return [pass('evidence', listed.length === 0 ? 'off: no pictures are kept' : `off; of before: ${there}`)]
    const freeMb = freeMbIn(folder)
    if (freeMb !== null && freeMb + Number(megabytes) < maxMb)
      return [
        warn('evidence', 'disk-low', `${freeMb} MB free for ${there}, which may become ${maxMb} MB`, 'make room, or lower evidence.maxMb'),
      ]
    return [
      pass('evidence', `on, ${keyFile === null ? 'not encrypted' : 'encrypted'}: ${there}, of at most ${maxMb} MB and ${maxDays} days`),
    ]
  } catch (fault) {
    return [fail('evidence', 'evidence-refused', reasonOf(fault), 'check evidence.keyFile and evidence.dir: docs/evidence.md')]
  }
}
