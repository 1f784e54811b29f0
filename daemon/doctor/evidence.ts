/** Whether pictures around alarms are kept, and could be: the key, the folder, what lies there. The folder is not made here: it must be the service's own. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { readKey } from '../evidence/key.js'
import { createStore } from '../evidence/store.js'
import { reasonOf } from '../reason-of.js'
import { evidenceFolder } from '../wiring/evidence.js'
import { BYTES_IN_MB, freeMbIn, INSTALLED } from './folder.js'
import { type Check, fail, pass, warn } from './types.js'

export const evidence: Check = async ({ config }) => {
  const { enabled, keyFile, maxMb, maxDays } = config.evidence
  const folder = evidenceFolder(config) ?? path.join(INSTALLED, 'evidence')
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
    // It is made with the first record.
    const at = [folder, path.dirname(folder)].find(existsSync)
    const freeMb = at === undefined ? Number.POSITIVE_INFINITY : freeMbIn(at)
    if (freeMb + Number(megabytes) < maxMb)
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
