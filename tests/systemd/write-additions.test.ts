/** What root writes into the unit on behalf of files that others may have put there. */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'

const program = join(import.meta.dirname, '../../systemd/write-additions')
const jetson = join(import.meta.dirname, '../../systemd/jetson.conf')
let root = ''
const at = (file: string): string => join(root, file)
const additions = (): string => readFileSync(at('etc/systemd/system/kantukd.service.d/secrets.conf'), 'utf8')
const run = () => spawnSync(program, [jetson, root], { encoding: 'utf8' })

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kantukd-additions-'))
  mkdirSync(at('etc/kantukd'), { recursive: true })
})
afterEach(() => {
  rmSync(root, { recursive: true })
})

it('each secret becomes a credential of the service, in a folder that is root’s alone', () => {
  mkdirSync(at('etc/kantukd/secrets'))
  writeFileSync(at('etc/kantukd/secrets/fleet-password'), 'secret')
  expect(run().status).toBe(0)
  expect(additions()).toBe('[Service]\nLoadCredential=fleet-password:/etc/kantukd/secrets/fleet-password\n')
  expect(execFileSync('stat', ['-c', '%a', at('etc/kantukd/secrets')], { encoding: 'utf8' }).trim()).toBe('700')
})

it('a name that would be a line of the unit is left out, and said', () => {
  mkdirSync(at('etc/kantukd/secrets'))
  writeFileSync(at('etc/kantukd/secrets/x\nExecStartPre=+id'), '')
  const { status, stderr } = run()
  expect(status).toBe(0)
  expect(stderr).toContain('is left out')
  expect(additions()).toBe('[Service]\n')
})

it('a folder that somebody put in the place of root’s is left out, with what it points at', () => {
  mkdirSync(at('elsewhere'))
  writeFileSync(at('elsewhere/shadow'), '')
  symlinkSync(at('elsewhere'), at('etc/kantukd/secrets'))
  const { status, stderr } = run()
  expect(status).toBe(0)
  expect(stderr).toContain('is not root')
  expect(existsSync(at('etc/systemd/system/kantukd.service.d/secrets.conf'))).toBe(false)
})

it('a Jetson gets its camera service all the same', () => {
  symlinkSync('/nowhere', at('etc/kantukd/secrets'))
  writeFileSync(at('etc/nv_tegra_release'), '')
  expect(run().status).toBe(0)
  expect(readFileSync(at('etc/systemd/system/kantukd.service.d/jetson.conf'), 'utf8')).toBe(readFileSync(jetson, 'utf8'))
})
