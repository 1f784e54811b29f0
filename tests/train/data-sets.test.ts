import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { parseManifest } from '../../scripts/train/mrl.js'
import { partOf, rowsOf, TEST_PEOPLE, VALIDATION_PEOPLE } from '../../scripts/train/split.js'
import { readTar } from '../../scripts/train/tar.js'

const folder = mkdtempSync(join(tmpdir(), 'tar-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('reading a tar archive', () => {
  const long = `deep/${'long-'.repeat(30)}name.txt`
  mkdirSync(join(folder, 'deep'))
  writeFileSync(join(folder, 'deep', 'small.txt'), 'seven b')
  writeFileSync(join(folder, 'deep', 'empty.txt'), '')
  writeFileSync(join(folder, long), Buffer.alloc(1300, 'x'))
  // --format=gnu: the data sets' own.
  const archive = execFileSync('tar', ['--format=gnu', '-C', folder, '-c', 'deep'])

  it('gives every file with its bytes, short names and long', () => {
    const entries = new Map(readTar(archive).map((entry) => [entry.name, entry.data.toString()]))
    expect(entries.size).toBe(3)
    expect(entries.get('deep/small.txt')).toBe('seven b')
    expect(entries.get('deep/empty.txt')).toBe('')
    expect(entries.get(long)).toBe('x'.repeat(1300))
  })

  it('refuses what is no archive', () => {
    expect(() => readTar(Buffer.alloc(2048, 'z'))).toThrow(/tar: no size/)
  })
})

describe('the manifest', () => {
  const header = 'path,subject,image,gender_f,glasses,open,reflections,lighting_good,sensor,width,height'

  it('is read row by row; open 0 is closed', () => {
    const [crop] = parseManifest(`${header}\ns0002/a.webp,s0002,00001,1,0,0,2,1,03,114,114\n`)
    expect(crop).toMatchObject({
      subject: 's0002',
      female: true,
      glasses: false,
      closed: true,
      reflections: 2,
      goodLight: true,
      sensor: '03',
    })
  })

  it('with other columns is refused', () => {
    expect(() => parseManifest('path,open\na,1')).toThrow(/columns "path,open"/)
  })
})

describe('the split', () => {
  const people = [...TEST_PEOPLE, ...VALIDATION_PEOPLE, 's0012', 's0037']

  it('has seven people to test and three to validate, none of them twice', () => {
    expect(TEST_PEOPLE).toHaveLength(7)
    expect(VALIDATION_PEOPLE).toHaveLength(3)
    expect(new Set([...TEST_PEOPLE, ...VALIDATION_PEOPLE]).size).toBe(10)
  })

  it('never trains on a test or validation person in the held-out run', () => {
    const trained = rowsOf(
      people.map((subject) => ({ subject })),
      'train',
      'held-out',
    ).map((row) => people[row])
    expect(trained).toEqual(['s0012', 's0037'])
  })

  it('adds the test people, and only them, for the shipped run', () => {
    for (const person of TEST_PEOPLE) expect(partOf(person, 'shipped')).toBe('train')
    for (const person of VALIDATION_PEOPLE) expect(partOf(person, 'shipped')).toBe('validation')
  })
})
