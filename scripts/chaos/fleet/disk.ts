/** A small disk that can be filled. */
import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'

/**
 * Mounts a disk in memory with room for so many bytes, at the longest until the program ends. @returns how to unmount it and take the folder away
 * @throws Error where this user may not mount
 */
export const mountDisk = (folder: string, bytes: number): (() => void) => {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', folder], { stdio: 'pipe' })
  } catch (cause) {
    throw new Error('a small disk could not be mounted: run it as root, or as  unshare -rm npm run chaos:fleet', { cause })
  }
  const unmount = (): void => {
    process.off('exit', unmount)
    // Lazily: at the end of the program a vehicle that was killed just now may still have its file open.
    execFileSync('umount', ['-l', folder])
    rmSync(folder, { recursive: true })
  }
  process.once('exit', unmount)
  return unmount
}
