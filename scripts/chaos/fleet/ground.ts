/** Ground to play on: a free port, and a small disk that can be filled. */
import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { createServer } from 'node:net'

/** A port of loopback that was free a moment ago. */
export const freePort = async (): Promise<number> => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port to be had')
  return address.port
}

/**
 * Mounts a disk in memory with room for so many bytes. @returns how to unmount it and take the folder away
 * @throws Error where this user may not mount
 */
export const mountDisk = (folder: string, bytes: number): (() => void) => {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', folder], { stdio: 'pipe' })
  } catch (cause) {
    throw new Error('a small disk could not be mounted: run it as root, or as  unshare -rm npm run chaos:fleet', { cause })
  }
  return () => {
    execFileSync('umount', [folder])
    rmSync(folder, { recursive: true })
  }
}
