/** The note of the lines that are driven: the newest, whole, and no trouble to a daemon whose disk refuses it. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createOutputsNote, type NotedLine, readOutputsNote } from '../../daemon/state/outputs-note.js'

const folder = () => mkdtempSync(join(tmpdir(), 'kantukd-note-'))
const line = (number: number): NotedLine => ({
  ...{ part: 'buzzer', backend: 'sysfs', chip: 'pinctrl-bcm2711' },
  ...{ line: number, lineName: null, activeLow: false },
})
const silent = (message: string) => expect.unreachable(message)

describe('the note of driven lines', () => {
  it('holds the newest, also when they change while it is written; the folder is made', async () => {
    const there = join(folder(), 'state')
    const note = createOutputsNote(there, 'this-boot', silent)
    note.set([])
    note.set([line(5)])
    note.set([line(17), line(27)])
    await note.close()
    expect(await readOutputsNote(there, 'this-boot')).toEqual([line(17), line(27)])
    expect(existsSync(join(there, 'outputs.json.new'))).toBe(false)
  })

  it('is none in another boot, none where nothing was noted, and an error that names the file where it is damaged', async () => {
    const there = folder()
    expect(await readOutputsNote(there, 'this-boot')).toBeNull()
    const note = createOutputsNote(there, 'this-boot', silent)
    note.set([line(17)])
    await note.close()
    expect(await readOutputsNote(there, 'the-next')).toBeNull()
    const file = join(there, 'outputs.json')
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, 40))
    await expect(readOutputsNote(there, 'this-boot')).rejects.toThrow(`${file} is no note of lines`)
  })

  it('is told to be missing once while the disk refuses, and is written at the next change once it does not', async () => {
    const stands = join(folder(), 'in-its-way')
    writeFileSync(stands, '')
    const told: string[] = []
    const note = createOutputsNote(join(stands, 'state'), 'this-boot', (message) => told.push(message))
    for (const number of [5, 6, 17]) {
      note.set([line(number)])
      await note.close()
    }
    expect(told).toEqual([expect.stringMatching(/cannot be noted in .*outputs\.json: .*goes by the configuration alone/)])
    rmSync(stands)
    mkdirSync(stands)
    note.set([line(27)])
    await note.close()
    expect(await readOutputsNote(join(stands, 'state'), 'this-boot')).toEqual([line(27)])
    expect(told).toHaveLength(1)
  })

  it('is none where there is no folder', async () => {
    const note = createOutputsNote(null, 'this-boot', silent)
    note.set([line(17)])
    await expect(note.close()).resolves.toBeUndefined()
  })
})
