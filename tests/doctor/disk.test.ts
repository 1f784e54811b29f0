/** What the doctor says of the folder in which events wait: what cannot be written fails, as they would be lost with the power. */
import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { configSchema } from '../../daemon/config/schema.js'
import { disk } from '../../daemon/doctor/disk.js'
import { isOpened, refusalOf } from '../../daemon/doctor/folder.js'
import { mountDisk } from '../../scripts/chaos/fleet/disk.js'

const scratch = () => mkdtempSync(path.join(tmpdir(), 'kantukd-test-'))
const of = (dir: string | null) => disk({ config: configSchema.parse({ state: { dir } }) })
const isRoot = process.getuid?.() === 0

describe('the folder in which events wait', () => {
  it('passes when it can be written', async () => {
    expect(await of(scratch())).toMatchObject([{ status: 'pass', message: expect.stringMatching(/\d+ MB free in/) }])
  })

  it('that is missing fails, with the command that makes it', async () => {
    expect(await of('/nonexistent/kantukd')).toMatchObject([
      {
        ...{ status: 'fail', code: 'disk-refused', message: expect.stringContaining('are lost with the power') },
        cure: expect.stringContaining('sudo install -d -o kantukd -g kantukd /nonexistent/kantukd'),
      },
    ])
  })

  it('that is a file fails, and the file is not told to be made', async () => {
    const file = path.join(scratch(), 'state')
    writeFileSync(file, '')
    for (const each of [file, path.join(file, 'below')])
      expect(await of(each)).toMatchObject([
        { status: 'fail', code: 'disk-refused', cure: expect.stringMatching(/^something that is no folder/) },
      ])
  })

  it('that is no service’s yet is nothing to mend: systemd makes it', { skip: existsSync('/var/lib/kantukd') }, async () => {
    expect(await of(null)).toMatchObject([
      { status: 'warn', code: 'disk-nowhere', cure: expect.stringContaining('sudo systemctl start kantukd') },
    ])
  })

  it('on a disk mounted read-only fails, and one that is full fails, each with a cure of its own', { skip: !isRoot }, async () => {
    const folder = scratch()
    onTestFinished(mountDisk(folder, 1024 * 1024))
    expect(await of(folder)).toMatchObject([
      { status: 'fail', code: 'disk-full', message: expect.stringContaining('may need 20 MB'), cure: expect.stringMatching(/^make room/) },
    ])
    execFileSync('mount', ['-o', 'remount,ro', folder])
    expect(await of(folder)).toMatchObject([
      {
        status: 'fail',
        code: 'disk-refused',
        message: expect.stringContaining('EROFS'),
        cure: expect.stringContaining('mounted to be read only'),
      },
    ])
  })

  it('that root can write and the service’s user cannot fails, though root asks', { skip: !isRoot }, async () => {
    const folder = path.join(scratch(), 'state')
    mkdirSync(folder)
    chmodSync(path.dirname(folder), 0o755)
    expect(await refusalOf(folder, 'nobody')).toMatchObject({
      why: 'the service runs as nobody, who has no right to',
      cure: `give it to the service: sudo chown kantukd: ${folder}`,
    })
    execFileSync('chown', ['nobody', folder])
    expect(await refusalOf(folder, 'nobody')).toBeNull()
    expect(await refusalOf(folder, 'no-such-user')).toBeNull()
  })
})

describe('what the unit leaves writable', () => {
  it.each<[string, string, boolean]>([
    ['no folder', 'LoadState=loaded\nReadWritePaths=\n', false],
    ['the folder', 'LoadState=loaded\nReadWritePaths=-/etc/kantukd /media/ssd\n', true],
    ['a folder above it', 'LoadState=loaded\nReadWritePaths=-/media\n', true],
    ['one that begins alike', 'LoadState=loaded\nReadWritePaths=/media/ss\n', false],
    ['nothing, as it is not installed', 'LoadState=not-found\nReadWritePaths=\n', true],
  ])('%s', (_, shown, isWritable) => expect(isOpened('/media/ssd', shown)).toBe(isWritable))
})
