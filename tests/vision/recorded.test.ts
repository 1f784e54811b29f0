/** Recorded observations in place of eyes: they keep the recording's pace on the camera's clock, and never pass for a driver. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { requireRunnable } from '../../daemon/commands/runnable.js'
import { defaultConfig } from '../../daemon/config/index.js'
import { isSimulated } from '../../daemon/vision/camera/kinds.js'
import { openWatching } from '../../daemon/vision/open.js'
import { createRecordedChain } from '../../daemon/vision/recorded.js'
import { observationOf } from '../../scripts/scenarios/look.js'
import { CLOSED, OPEN } from '../judgement/streams.js'
import { emptyFrame } from '../locate/faces.js'

const file = path.join(mkdtempSync(path.join(tmpdir(), 'kantukd-recorded-')), 'story.jsonl')
const write = (lines: readonly unknown[]): string => {
  writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  return file
}
/** Open at 0 and 100 ms, closed at 200 and 300 ms: a loop of 400 ms. */
const story = () => [
  { type: 'recording' },
  ...[OPEN, OPEN, CLOSED, CLOSED].map((look, n) => ({ type: 'observation', ...observationOf(look, 5000 + n * 100, n, null) })),
  { type: 'summary' },
]

describe('observations recorded at ten a second', () => {
  const closedAt = async (times: readonly number[]): Promise<(boolean | null | undefined)[]> => {
    const chain = createRecordedChain(write(story()))
    const looks = []
    for (const [n, at] of times.entries()) looks.push(await chain.look(emptyFrame(at), n))
    return looks.map(({ observation }) => observation.left && observation.left.closed > 0.5)
  }

  it('are told at their own time, however fast the camera is', async () => {
    expect(await closedAt([70, 169, 170, 269, 270, 469])).toEqual([false, false, false, false, true, true])
    expect(await closedAt([70, 300])).toEqual([false, true])
  })

  it('begin again at the end, without a jump of the clock', async () => {
    expect(await closedAt([70, 460, 470, 680, 1080])).toEqual([false, true, false, true, true])
    const chain = createRecordedChain(write(story()))
    await chain.look(emptyFrame(70), 0)
    expect((await chain.look(emptyFrame(1_000_070), 9)).observation).toMatchObject({ at: 1_000_070, frame: 9 })
  })

  it('are taken in place of the models', async () => {
    const { locate, classifier } = defaultConfig()
    const { chain, classifier: what } = await openWatching({ locate: { ...locate, recorded: write(story()) }, classifier })
    expect(what).toBe('recorded observations')
    await chain.close()
  })
})

describe('what is no recording', () => {
  it.each([
    ['nothing', []],
    ['a single observation', story().slice(1, 2)],
    ['a time that stands still', [story()[1], story()[1]]],
    ['an observation without eyes', [{ type: 'observation', at: 0 }]],
    ['a number', [4]],
  ])('%s is refused, with the name of the file', (_, lines) => {
    expect(() => createRecordedChain(write(lines))).toThrowError(expect.objectContaining({ code: 'observations-invalid' }))
    expect(() => createRecordedChain(write(lines))).toThrowError(file)
  })

  it('a file that is not there is refused as well', () => {
    expect(() => createRecordedChain('/nowhere.jsonl')).toThrowError(expect.objectContaining({ code: 'observations-invalid' }))
  })
})

describe('a real camera with recorded eyes', () => {
  const config = { ...defaultConfig(), locate: { ...defaultConfig().locate, recorded: write(story()) } }

  it('is simulated, and runs with --simulated only', () => {
    expect(isSimulated(config)).toBe(true)
    expect(isSimulated(defaultConfig())).toBe(false)
    expect(() => requireRunnable(config, false)).toThrowError(/locate\.recorded.*--simulated/)
    expect(() => requireRunnable(config, true)).not.toThrow()
  })
})
