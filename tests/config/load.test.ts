import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ConfigError, checkConfigFile, defaultConfig, loadConfig } from '../../daemon/config/index.js'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kantukd-config-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const written = (content: string | Uint8Array): string => {
  const file = join(folder, 'a.yaml')
  writeFileSync(file, content)
  return file
}
const codes = (file: string): string[] => checkConfigFile(file).findings.map(({ line, column, code }) => `${line}:${column} ${code}`)

describe('loading a configuration', () => {
  it('without a file gives the defaults', () => expect(loadConfig(null)).toEqual({ config: defaultConfig(), warnings: [] }))

  it('turns a pipe away at once, and does not wait for who may write into it', () => {
    const pipe = join(folder, 'pipe')
    execFileSync('mkfifo', [pipe])
    expect(codes(pipe)).toEqual(['null:null file-unreadable'])
  })

  it('takes what the file sets, and the default for the rest', () => {
    const { config, warnings } = loadConfig(written('judgement:\n  microsleepSeconds: 1.5\n'))
    expect(config).toEqual({ ...defaultConfig(), judgement: { ...defaultConfig().judgement, microsleepSeconds: 1.5 } })
    expect(warnings).toEqual([])
  })

  it('takes names of files from the folder of the YAML file', () => {
    mkdirSync(join(folder, 'm'), { recursive: true })
    writeFileSync(join(folder, 'n'), '')
    const { config } = loadConfig(
      written(
        'fleet: {url: mqtts://b, caFile: ca.pem, certFile: ../c.pem, keyFile: /k.pem, username: u, passwordFile: p}\ncamera: {file: {path: v.mp4}, scripted: {path: s}}\nlocate: {modelsDir: m}\nclassifier: {model: n}\n',
      ),
    )
    expect(config.fleet).toMatchObject({
      caFile: join(folder, 'ca.pem'),
      certFile: join(folder, '../c.pem'),
      keyFile: '/k.pem',
      passwordFile: join(folder, 'p'),
    })
    expect(config.camera).toMatchObject({
      file: { path: join(folder, 'v.mp4') },
      scripted: { path: join(folder, 's') },
      device: '/dev/video0',
    })
    expect([config.locate.modelsDir, config.classifier.model]).toEqual([join(folder, 'm'), join(folder, 'n')])
  })

  it.each([
    ['empty', ''],
    ['of comments only', '# camera:\n#   fps: 30\n'],
    ['of null', 'null\n'],
  ])('of a file that is %s gives the defaults and a warning', (_, text) => {
    const { config, warnings } = loadConfig(written(text))
    expect(config).toEqual(defaultConfig())
    expect(warnings.map(({ code, severity }) => `${severity} ${code}`)).toEqual(['warning no-settings'])
  })

  it('warns of a section whose keys are all commented out', () => {
    const { config, warnings } = loadConfig(written('camera:\n  # fps: 20\nalarm:\n  led:\n'))
    expect(config).toEqual(defaultConfig())
    expect(warnings.map(({ line, code }) => `${line} ${code}`)).toEqual(['1 empty-section', '4 empty-section'])
  })

  it('throws one error with all faults, ready to print', () => {
    const file = written('log:\n  level: loud\nfoo: 1\n')
    expect(() => loadConfig(file)).toThrow(ConfigError)
    expect(() => loadConfig(file)).toThrow(`${file}:2:10: error[not-a-choice]`)
    expect(() => loadConfig(file)).toThrow(`${file}:3:1: error[unknown-key]`)
  })
})

describe('a file that is no configuration', () => {
  it('is missing', () => expect(codes(join(folder, 'none.yaml'))).toEqual(['null:null file-missing']))
  it('lies below a file', () => expect(codes(join(written('log:\n'), 'b.yaml'))).toEqual(['null:null file-missing']))
  it('is a folder', () => expect(codes(folder)).toEqual(['null:null file-unreadable']))
  it('is a device without end', () => expect(codes('/dev/zero')).toEqual(['null:null file-unreadable']))
  it('is huge', () => expect(codes(written('# x\n'.repeat(20_000)))).toEqual(['null:null file-too-large']))
  it('holds a zero byte, as after a power cut', () => expect(codes(written('log:\n  level: in\0\0\0'))).toEqual(['2:12 file-not-text']))
  it('is in another encoding', () => expect(codes(written(Buffer.from('log:\n  # h\xf6he\n', 'latin1')))).toEqual(['2:6 file-not-text']))
  it('ends within a character', () => expect(codes(written(Buffer.from('# a\n# ö').subarray(0, -1)))).toEqual(['2:3 file-not-text']))
  it('is UTF-16', () => expect(codes(written(Buffer.from('\ufefflog:\n', 'utf16le')))).toEqual(['null:null file-not-text']))
  it('is not troubled by a byte order mark', () => expect(codes(written('\ufefflog:\n  level: loud\n'))).toEqual(['2:10 not-a-choice']))
  it('may not be read', ({ skip }) => {
    if (process.getuid?.() === 0) skip('root may read everything')
    const locked = join(folder, 'locked')
    mkdirSync(locked, { mode: 0 })
    expect(codes(join(locked, 'a.yaml'))).toEqual(['null:null file-unreadable'])
  })
})
