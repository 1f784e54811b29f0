/** What the box is made of: the tools of this machine, the package, the story, the disk. Made where they are not there. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { firstLine } from '../../daemon/reason-of.js'
import { makeRecording } from '../demo/recording.js'
import type { MachineFiles } from './machine.js'

/** Program → Debian's package that has it. */
const tools = {
  '/usr/bin/qemu-system-aarch64': 'qemu-system-arm',
  '/usr/sbin/nbdkit': 'nbdkit',
  '/usr/bin/nbdkit': 'nbdkit',
  '/usr/bin/qemu-aarch64-static': 'qemu-user-static',
  '/usr/sbin/debootstrap': 'debootstrap',
  '/usr/sbin/mosquitto': 'mosquitto',
  '/sbin/mke2fs': 'e2fsprogs',
  '/sbin/depmod': 'kmod',
  '/usr/bin/cpio': 'cpio',
} as const

// The story has 15 pictures a second, as the demonstration's.
const FPS = 15

/** Something that the box needs is not there; the message says how to get it. */
export class NotReadyError extends Error {
  override readonly name = 'NotReadyError'
  readonly code = 'not-ready'
}

/** @throws NotReadyError naming what is missing */
export const requireTools = (): void => {
  const has = (name: string) => Object.entries(tools).some(([program, from]) => from === name && existsSync(program))
  const missing = [...new Set(Object.values(tools))].filter((name) => !has(name))
  if (missing.length > 0) throw new NotReadyError(`this machine lacks ${missing.join(', ')}: sudo apt install ${missing.join(' ')}`)
  if (process.getuid?.() !== 0) throw new NotReadyError('the disk is made with chroot and mounts: run it as root')
}

/** @throws NotReadyError where the file is no Debian package */
const fieldOf = (file: string, field: string): string => {
  try {
    return execFileSync('dpkg-deb', ['--field', file, field], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim()
  } catch (cause) {
    throw new NotReadyError(`${file} is no Debian package (${firstLine(cause)})`)
  }
}

/** @param given file of a package for arm64, or undefined: the newest in .cache/package, else made now */
const packageOf = (root: string, given: string | undefined): string => {
  if (given !== undefined) {
    if (!existsSync(given)) throw new NotReadyError(`there is no package ${given}`)
    const [name, processor] = ['Package', 'Architecture'].map((field) => fieldOf(given, field))
    if (name !== 'kantukd' || processor !== 'arm64')
      throw new NotReadyError(`${given} is ${name} for ${processor}; the box wants kantukd for arm64`)
    return path.resolve(given)
  }
  const folder = path.join(root, '.cache/package')
  const version = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).version
  const file = path.join(folder, `kantukd_${version}+deb12_arm64.deb`)
  if (!existsSync(file)) execFileSync('scripts/package', ['--debian', 'bookworm', '--arch', 'arm64'], { cwd: root, stdio: 'inherit' })
  return file
}

/** The observations that the checkout's own eyes made of the demonstration's recording: one alarm of sleep in 16 s. */
const storyOf = async (root: string, folder: string): Promise<string> => {
  const recording = path.join(root, '.cache/demo/driver.avi')
  await makeRecording(recording, { fps: FPS })
  const program = path.join(root, 'dist/cli.js')
  if (!existsSync(program)) throw new NotReadyError('this checkout is not built: scripts/setup')
  const file = path.join(folder, 'story.jsonl')
  const lines = execFileSync(process.execPath, [program, 'replay', recording, '--json', '--observations'], { maxBuffer: 1 << 26 })
  // Observations alone: the summary tells how long it took, and is another each time.
  const observations = lines
    .toString()
    .split('\n')
    .filter((line) => line.startsWith('{"type":"observation"'))
  writeFileSync(file, `${observations.join('\n')}\n`)
  return file
}

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort()

/** Everything that decides what is on the disk. */
const keyOf = (root: string, files: readonly string[]): string => {
  const hash = createHash('sha256')
  const ours = path.join(root, 'scripts/vehicle')
  for (const file of [...files, path.join(ours, 'disk'), ...filesBelow(path.join(ours, 'inside'))]) hash.update(readFileSync(file))
  return hash.digest('hex')
}

/** Where they are. @param folder .cache/vehicle */
export const filesIn = (folder: string): MachineFiles => {
  const at = (name: string) => path.join(folder, name)
  return { kernel: at('vmlinuz'), initrd: at('initrd'), disk: at('disk.img'), console: at('console.log') }
}

/**
 * Makes the kernel, the initrd and the disk, minutes the first time.
 * @throws NotReadyError
 */
export const prepare = async (root: string, given: string | undefined, say: (line: string) => void): Promise<MachineFiles> => {
  requireTools()
  const folder = path.join(root, '.cache/vehicle')
  mkdirSync(folder, { recursive: true })
  const files = filesIn(folder)
  rmSync(files.console, { force: true })
  const from = packageOf(root, given)
  const story = await storyOf(root, folder)
  const key = keyOf(root, [from, story])
  const stamp = path.join(folder, 'key')
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== key || !existsSync(files.disk)) {
    say(`making the disk with ${path.basename(from)}; some minutes`)
    execFileSync('scripts/debian/emulated', ['scripts/vehicle/disk', from, story, folder], { cwd: root, stdio: ['ignore', 2, 2] })
    writeFileSync(stamp, key)
  }
  return files
}
