import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const checkout = fileURLToPath(new URL('../../', import.meta.url))
let tree = ''
let first = ''
const at = (name: string): string => join(tree, name)
const install = (...args: string[]) => spawnSync(join(checkout, 'scripts/install'), ['--root', tree, ...args], { encoding: 'utf8' })

beforeAll(() => {
  tree = mkdtempSync(join(tmpdir(), 'kantukd-tree-'))
  const { status, stdout, stderr } = install()
  if (status !== 0) throw new Error(`scripts/install failed: ${stderr}`)
  first = stdout
}, 180_000)
afterAll(() => rmSync(tree, { recursive: true }))

describe('scripts/install into a tree', () => {
  it('says each step', () => expect(first.split('\n').filter((line) => line.startsWith('install: ')).length).toBeGreaterThanOrEqual(5))

  it('installs a program that runs from there', () => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [at('opt/kantukd/dist/cli.js'), 'check-config', at('etc/kantukd/kantukd.yaml')],
      {
        encoding: 'utf8',
        cwd: tree,
      },
    )
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toContain('valid')
  })

  it('has the native parts, and the runtime for this processor only', () => {
    for (const file of ['opencv4nodejs/build/Release/opencv4nodejs.node', 'epoll/build/Release/epoll.node']) {
      expect(existsSync(at(`opt/kantukd/node_modules/${file}`)), file).toBe(true)
    }
    const runtime = at('opt/kantukd/node_modules/onnxruntime-node/bin')
    const [api = ''] = readdirSync(runtime)
    expect(readdirSync(join(runtime, api))).toEqual(['linux'])
    expect(readdirSync(join(runtime, api, 'linux'))).toEqual([process.arch])
  })

  it('leaves out what is for development only, and TensorFlow', () => {
    const packages = readdirSync(at('opt/kantukd/node_modules'))
    for (const name of ['typescript', 'vitest', '@biomejs', '@tensorflow', 'node-gyp', 'prebuild-install', 'aedes', '@types'])
      expect(packages).not.toContain(name)
    expect(packages).toEqual(expect.arrayContaining(['mqtt', 'onoff', 'yaml', 'zod', 'pino', 'commander']))
  })

  it('has a command that everyone may start and only root may change', () => {
    expect(statSync(at('usr/bin/kantukd')).mode & 0o777).toBe(0o755)
    expect(readFileSync(at('usr/bin/kantukd'), 'utf8')).toMatch(
      /^#!\/bin\/sh\nexec \/\S+\/node --max-semi-space-size=1 \/opt\/kantukd\/dist\/cli\.js "\$@"\n$/,
    )
    expect(statSync(at('opt/kantukd/dist/cli.js')).mode & 0o022).toBe(0)
  })

  it('enables the service', () => {
    expect(readFileSync(at('etc/systemd/system/kantukd.service'), 'utf8')).toContain(
      'ExecStart=/usr/bin/kantukd run -c /etc/kantukd/kantukd.yaml',
    )
    expect(readdirSync(at('etc/systemd/system/multi-user.target.wants'))).toEqual(['kantukd.service'])
  })

  it('gives the service each secret by a credential of its name', () => {
    writeFileSync(at('etc/kantukd/secrets/broker-password'), 'p')
    expect(install('--link').status).toBe(0)
    expect(readFileSync(at('etc/systemd/system/kantukd.service.d/secrets.conf'), 'utf8')).toBe(
      '[Service]\nLoadCredential=broker-password:/etc/kantukd/secrets/broker-password\n',
    )
    expect(statSync(at('etc/kantukd/secrets')).mode & 0o777).toBe(0o700)
  })

  it('never overwrites a configuration, and may be run again', () => {
    writeFileSync(at('etc/kantukd/kantukd.yaml'), 'vehicle:\n  id: car-7\n')
    const { status, stdout } = install('--link')
    expect(status).toBe(0)
    expect(stdout).toContain('kantukd.yaml is there and stays as it is')
    expect(readFileSync(at('etc/kantukd/kantukd.yaml'), 'utf8')).toBe('vehicle:\n  id: car-7\n')
  })

  it('refuses what it does not know', () => expect(install('--rot')).toMatchObject({ status: 1, stderr: expect.stringContaining('--rot') }))
})
