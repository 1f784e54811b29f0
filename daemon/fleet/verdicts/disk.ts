/** Verdicts on the disk, a line each. */
import { z } from 'zod'
import { openLinesFile } from '../../state/lines-file.js'
import { createMemoryVerdicts, MOST_VERDICTS } from './memory.js'
import type { Verdicts } from './types.js'

const line = z.strictObject({ incident: z.string().max(64), verdict: z.boolean() })

/**
 * @param file its folder is made where it is not there
 * @param warn told when what was kept cannot be read; verdicts of this run then begin anew
 */
export const openDiskVerdicts = (file: string, warn: (message: string) => void): Verdicts => {
  const kept = openLinesFile({
    ...{ file, schema: line, name: 'The verdicts', mostLines: 2 * MOST_VERDICTS, warn },
    current: () => [...memory.all()].map(([incident, verdict]) => ({ incident, verdict })),
  })
  const memory = createMemoryVerdicts(kept.records.map(({ incident, verdict }) => [incident, verdict] as const))
  return {
    kept: 'disk',
    of: memory.of,
    async put(incident, isTrue) {
      await memory.put(incident, isTrue)
      await kept.add({ incident, verdict: isTrue })
    },
  }
}
