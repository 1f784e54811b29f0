import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { guarded, opencv } from '../../daemon/vision/opencv.js'
import { type Blink, readBlinks } from '../../scripts/train/data/blinks.js'
import type { CutRow } from '../../scripts/train/data/cut-footage.js'
import { labelFootage } from '../../scripts/train/data/footage.js'
import { FOOTAGE_PEOPLE, footagePersonOf } from '../../scripts/train/data/footage-people.js'
import { loadMrl, parseManifest, trainSideOf } from '../../scripts/train/data/mrl.js'
import { readTar } from '../../scripts/train/data/tar.js'
import { jobOf } from '../../scripts/train/jobs.js'
import { FOLDS, studyTestRows, TEST_PEOPLE, VALIDATION_PEOPLE } from '../../scripts/train/split.js'

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

describe('the crops for a network', () => {
  // One crop: lashes of two pixels each, which 64 pixels a side cannot hold apart.
  const set = join(folder, 'set')
  const side = 112
  const lashes = Buffer.from(Array.from({ length: side ** 2 }, (_, at) => ((at % side) % 4 < 2 ? 60 : 180)))
  mkdirSync(join(set, 'mrl-eye', 's0001'), { recursive: true })
  writeFileSync(
    join(set, 'mrl-eye', 's0001', 'a.webp'),
    guarded('imencode', () => opencv().imencode('.png', new (opencv().Mat)(lashes, side, side, opencv().CV_8UC1))),
  )
  execFileSync('tar', ['--format=gnu', '-C', join(set, 'mrl-eye'), '-cf', join(set, 'mrl-eye', 's0001.tar'), 's0001'])
  writeFileSync(
    join(set, 'mrl-eye', 'manifest.csv'),
    `path,subject,image,gender_f,glasses,open,reflections,lighting_good,sensor,width,height\ns0001/a.webp,s0001,a,0,0,1,0,1,01,${side},${side}\n`,
  )
  const cache = join(folder, 'cache')
  const contrast = (pixels: Buffer): number => pixels.reduce((sum, level) => sum + Math.abs(level - 120), 0) / pixels.length

  it('are as fine as it takes them, not enlarged from what another takes', () => {
    const [usual, large] = [loadMrl(set, cache), loadMrl(set, cache, 96)]
    expect([usual.test.length, usual.train.length]).toEqual([64 ** 2, trainSideOf(64) ** 2])
    expect([large.test.length, large.train.length]).toEqual([96 ** 2, trainSideOf(96) ** 2])
    expect(contrast(large.test)).toBeGreaterThan(1.15 * contrast(usual.test))
  })

  it('are the same when read from the cache', () => {
    const fresh = join(folder, 'fresh')
    const decoded = loadMrl(set, fresh)
    rmSync(join(set, 'mrl-eye', 's0001.tar'))
    expect(loadMrl(set, fresh)).toEqual(decoded)
  })
})

const crops = [...TEST_PEOPLE, ...VALIDATION_PEOPLE, 's0012', 's0037'].map((subject) => ({ subject, closed: false }))

const trainedBy = (job: string): string[] =>
  jobOf(job)
    .partsOf(crops)
    .flatMap((part, row) => (part === 'train' ? [crops[row]?.subject ?? ''] : []))

describe('who is trained on', () => {
  it('are neither test nor validation people in the held-out run', () => {
    expect(trainedBy('held-out')).toEqual(['s0012', 's0037'])
  })

  it('is everybody in the shipped run', () => {
    expect(trainedBy('shipped')).toHaveLength(crops.length)
  })

  it('is each of the 30 people by four folds of five; two who look alike are in one', () => {
    expect(FOLDS.flat()).toHaveLength(30)
    expect(new Set(FOLDS.flat()).size).toBe(30)
    expect(FOLDS.filter((people) => people.includes('s0036') && people.includes('s0037'))).toHaveLength(1)
    FOLDS.forEach((people, at) => {
      for (const person of people) expect(trainedBy(`fold-${at + 1}`)).not.toContain(person)
    })
  })

  it('is an image of the study by chance, 2,135 of each class left to test', () => {
    const many = Array.from({ length: 12_000 }, (_, row) => ({ closed: row % 2 === 0 }))
    const test = studyTestRows(many)
    expect([...test].filter((row) => many[row]?.closed)).toHaveLength(2135)
    expect(test.size).toBe(4270)
    expect(studyTestRows(many)).toEqual(test)
  })

  it('names the jobs there are when asked for another', () => {
    expect(() => jobOf('fold-6')).toThrow(/no job "fold-6"; there are held-out, shipped, fold-1/)
  })
})

describe('the people of the recordings', () => {
  it('have one name for one recording, and every recording has somebody', () => {
    for (const file of ['footage/closures-phone.mp4', 'footage/slow-blinks-glasses.mp4', 'eyeblink8/clips/video3/a.mp4'])
      expect(FOOTAGE_PEOPLE.filter(({ files }) => files.test(file))).toHaveLength(1)
    expect(() => footagePersonOf('footage/new.mp4')).toThrow(/nobody is written down/)
  })

  it('who close their eyes for long are in three folds', () => {
    const folds = ['closures-phone', 'closure-beard', 'slow-blinks-glasses'].map((name) => footagePersonOf(name).fold)
    expect(new Set(folds).size).toBe(3)
  })
})

describe('what a patch of a recording is called', () => {
  const folder = mkdtempSync(join(tmpdir(), 'marks-'))
  mkdirSync(join(folder, 'footage'))
  const marks = [
    'file,start_s,end_s,label',
    'closure-beard.mp4,2,4,closed',
    'closure-beard.mp4,6,6.2,blink',
    'alert-frown.mp4,1,3,looking_down',
  ]
  writeFileSync(join(folder, 'footage', 'marks.csv'), marks.join('\n'))
  afterAll(() => rmSync(folder, { recursive: true }))

  const row = (file: string, seconds: number, what: CutRow['what'] = 'left'): CutRow => ({
    file: `footage/${file}`,
    seconds,
    what,
    yaw: 0,
    pitch: 0,
    size: 60,
  })
  const labels = (rows: readonly CutRow[], blinks: readonly Blink[] = []): (string | null)[] => {
    const found = labelFootage({ rows: [...rows], pixels: Buffer.alloc(0) }, folder, blinks)
    return rows.map((_, at) => found.find((patch) => patch.row === at)?.label ?? null)
  }

  it('is closed in the middle of a marked closure, nothing at its edges and in blinks, open elsewhere', () => {
    const at = (seconds: number) => row('closure-beard.mp4', seconds)
    expect(labels([at(1), at(1.9), at(2.1), at(3), at(4.1), at(5), at(6.1), at(7)])).toEqual([
      'open',
      null,
      null,
      'closed',
      null,
      'open',
      null,
      'open',
    ])
  })

  const blink = (file: string, startSeconds: number, endSeconds: number, label: Blink['label']): Blink => ({
    file: `footage/${file}`,
    eye: 'left',
    startSeconds,
    endSeconds,
    label,
  })

  it('is open with lids low while looking down, whatever a model says', () => {
    expect(labels([row('alert-frown.mp4', 2)], [blink('alert-frown.mp4', 1.9, 2.1, 'closed')])).toEqual(['open'])
  })

  it('is closed in the middle of a blink that a model is sure of, nothing at its edges, and the other eye by itself', () => {
    const blinks = [blink('alert-talking.mp4', 1, 1.3, 'doubt'), blink('alert-talking.mp4', 1.1, 1.2, 'closed')]
    const at = (seconds: number) => row('alert-talking.mp4', seconds)
    expect(labels([at(0.9), at(1), at(1.1), at(1.2), at(1.3), at(1.4)], blinks)).toEqual(['open', null, 'closed', 'closed', null, 'open'])
    expect(labels([row('alert-talking.mp4', 1.1, 'right')], blinks)).toEqual(['open'])
  })

  it('is open in a long doubt where blinks are not marked, but nothing where nobody can be sure', () => {
    expect(labels([row('alert-talking.mp4', 1.5)], [blink('alert-talking.mp4', 1, 2, 'doubt')])).toEqual(['open'])
    expect(labels([row('alert-hands-test.mp4', 1.5)], [blink('alert-hands-test.mp4', 1, 2, 'doubt')])).toEqual([null])
  })

  it('is no eye where none was cut', () => {
    expect(labels([row('closure-beard.mp4', 3, 'none')])).toEqual(['none'])
  })
})

describe('the blinks that nobody marked', () => {
  it('are read from the file beside the code, each a time of one eye', () => {
    const blinks = readBlinks()
    expect(blinks.some(({ label }) => label === 'closed')).toBe(true)
    for (const { startSeconds, endSeconds, file } of blinks) {
      expect(endSeconds).toBeGreaterThanOrEqual(startSeconds)
      expect(() => footagePersonOf(file)).not.toThrow()
    }
  })
})
