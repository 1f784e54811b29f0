import { appendFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openDiskVerdicts } from '../../../daemon/fleet/verdicts/disk.js'
import { openVerdicts } from '../../../daemon/fleet/verdicts/index.js'
import { createMemoryVerdicts, MOST_VERDICTS } from '../../../daemon/fleet/verdicts/memory.js'
import { describeVerdicts, ONE, OTHER } from './contract.js'

const place = () => join(mkdtempSync(join(tmpdir(), 'kantukd-verdicts-')), 'state', 'verdicts.jsonl')
const quiet = (message: string) => expect.unreachable(message)

describeVerdicts('memory', () => createMemoryVerdicts())
describeVerdicts('a file', () => openDiskVerdicts(place(), quiet))

it('without a file are kept in memory', () => expect(openVerdicts(null, quiet).kept).toBe('memory'))

it('forgets the oldest when there are too many', async () => {
  const verdicts = createMemoryVerdicts()
  for (let n = 0; n <= MOST_VERDICTS; n += 1) await verdicts.put(`incident-${n}`, true)
  expect([verdicts.of('incident-0'), verdicts.of('incident-1')]).toEqual([null, true])
})

describe('verdicts in a file', () => {
  it('outlive the daemon', async () => {
    const file = place()
    await openVerdicts(file, quiet).put(ONE, false)
    await openVerdicts(file, quiet).put(OTHER, true)
    const later = openVerdicts(file, quiet)
    expect([later.of(ONE), later.of(OTHER), later.kept]).toEqual([false, true, 'disk'])
  })

  it('lose nothing but the line that a power cut tore, and write whole lines after it', async () => {
    const file = place()
    await openDiskVerdicts(file, quiet).put(ONE, false)
    appendFileSync(file, `{"incident":"${OTHER}","verd`)
    await openDiskVerdicts(file, quiet).put(OTHER, true)
    const later = openDiskVerdicts(file, quiet)
    expect([later.of(ONE), later.of(OTHER)]).toEqual([false, true])
  })

  it('pass over a line that is something else', async () => {
    const file = place()
    await openDiskVerdicts(file, quiet).put(ONE, true)
    appendFileSync(file, `{"incident":"${OTHER}"}\n3\n`)
    const later = openDiskVerdicts(file, quiet)
    expect([later.of(ONE), later.of(OTHER)]).toEqual([true, null])
  })

  it('are made fewer when the file has grown', async () => {
    const file = place()
    await openDiskVerdicts(file, quiet).put('first', true)
    writeFileSync(file, Array.from({ length: 3 * MOST_VERDICTS }, (_, n) => `{"incident":"i${n}","verdict":true}\n`).join(''))
    await openDiskVerdicts(file, quiet).put('last', false)
    expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(MOST_VERDICTS + 1)
    expect(openDiskVerdicts(file, quiet).of('last')).toBe(false)
  })

  it('say what keeps them from being kept, and count all the same', async () => {
    const complaints: string[] = []
    const verdicts = openDiskVerdicts('/proc/nowhere/verdicts.jsonl', (message) => complaints.push(message))
    await expect(verdicts.put(ONE, false)).rejects.toThrow('/proc/nowhere')
    expect(verdicts.of(ONE)).toBe(false)
    expect(complaints).toEqual([expect.stringContaining('cannot be read')])
  })
})
