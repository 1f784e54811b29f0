/** The compose files and the image they build: what the one names, the other has. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { loadConfig } from '../../daemon/config/index.js'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const text = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8')

const service = z.looseObject({
  build: z.object({ args: z.record(z.string(), z.string()) }).optional(),
  devices: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  tmpfs: z.array(z.string()).optional(),
})
const composed = (file: string) => {
  // Compose's own tag: the list takes the place of the one below.
  const customTags = [{ tag: '!override', collection: 'seq' as const, default: false, identify: () => false }]
  return z.object({ services: z.record(z.string(), service) }).parse(parse(text(file), { customTags, strict: true }))
}
const base = composed('docs/compose.yaml')
const jetson = composed('docs/compose.jetson.yaml')

describe('compose.yaml', () => {
  it('hands on to the build what the Dockerfile takes', () => {
    const taken = [...text('Dockerfile.arm64').matchAll(/^ARG (\w+)/gm)].map(([, name]) => name)
    const given = Object.keys(base.services.kantukd?.build?.args ?? {})
    expect(given).toEqual(['PACKAGE', 'COMMIT'])
    expect(taken).toEqual(expect.arrayContaining(given))
  })
})

describe('compose.jetson.yaml', () => {
  it('lays itself over services that compose.yaml has', () => {
    expect(Object.keys(base.services)).toEqual(expect.arrayContaining(Object.keys(jetson.services)))
  })

  it('asks for no webcam, and mounts /tmp once', () => {
    const { devices, volumes, tmpfs } = jetson.services.kantukd ?? service.parse({})
    expect([devices, volumes, tmpfs]).toEqual([['/dev/gpiochip0'], ['/tmp:/tmp'], []])
  })

  it('preloads a library that the image gathers', () => {
    const [, library = ''] = text('docs/compose.jetson.yaml').match(/LD_PRELOAD: \S+\/(\S+)/) ?? []
    // libEGL wants it.
    expect([library, /board=\(.*libEGL\.so\.1/.test(text('scripts/image/gather'))]).toEqual(['libGLdispatch.so.0', true])
  })
})

describe.each([
  ['compose.yaml', 'container.yaml', 'usb'],
  ['compose.jetson.yaml', 'container-jetson.yaml', 'csi'],
])('%s', (compose, name, kind) => {
  const { config, warnings } = loadConfig(path.join(ROOT, 'config', name))

  it(`names ${name}, which needs nothing that a container has not`, () => {
    expect(text(`docs/${compose}`)).toContain(`cp config/${name} docs/kantukd/kantukd.yaml`)
    expect([warnings, config.camera.kind, config.gpio.backend]).toEqual([[], kind, 'gpiod'])
    expect(Object.keys(base.services)).toContain(new URL(config.fleet.url).hostname)
  })

  it(`has a port for the image's health check in ${name}`, () => {
    expect(config.health.port).not.toBeNull()
    expect(text('Dockerfile.arm64')).toContain('CMD ["/usr/bin/kantukd", "healthy", "-c", "/etc/kantukd/kantukd.yaml"]')
  })
})

it('the Jetson sees the same in a container as without', () => {
  const camera = (name: string) => loadConfig(path.join(ROOT, 'config', name)).config.camera
  expect(camera('container-jetson.yaml')).toEqual(camera('jetson-csi.yaml'))
})
