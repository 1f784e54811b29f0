/** Reads the file: at most so much, and only text. Everything that can go wrong with it is a finding. */
import { isUtf8 } from 'node:buffer'
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import type { Finding } from './finding.js'
import { createSource } from './source.js'

/** The annotated default has 8 kB; a file eight times as long is something else. */
const LARGEST_BYTES = 65536

/** The text of `file`, without a byte order mark; or the one finding that says why there is none. */
export const readConfigFile = (file: string): { text: string } | { finding: Finding } => {
  const whole = createSource(file, '')
  let bytes: Buffer
  try {
    // A pipe would otherwise be waited for until somebody writes into it.
    const opened = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK)
    try {
      const stat = fstatSync(opened)
      if (!stat.isFile())
        return {
          finding: whole.finding('file-unreadable', null, stat.isDirectory() ? 'is a folder; name the YAML file in it' : 'is not a file'),
        }
      if (stat.size > LARGEST_BYTES) {
        return {
          finding: whole.finding(
            'file-too-large',
            null,
            `has ${stat.size} bytes, and a configuration at most ${LARGEST_BYTES}; is it the right file?`,
          ),
        }
      }
      bytes = Buffer.alloc(stat.size)
      bytes = bytes.subarray(0, readSync(opened, bytes, 0, stat.size, 0))
    } finally {
      closeSync(opened)
    }
  } catch (error) {
    return { finding: unreadable(file, error) }
  }
  return decode(file, bytes)
}

const unreadable = (file: string, error: unknown): Finding => {
  const source = createSource(file, '')
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return source.finding('file-missing', null, 'there is no such file; give one with -c FILE, or copy config/kantukd.yaml there')
    case 'EACCES':
    case 'EPERM':
      return source.finding(
        'file-unreadable',
        null,
        'may not be read by this user; make it readable (chmod 644) or run as the service’s user',
      )
    default:
      return source.finding('file-unreadable', null, `cannot be read (${code})`)
  }
}

const decode = (file: string, bytes: Buffer): { text: string } | { finding: Finding } => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe)
    return { finding: createSource(file, '').finding('file-not-text', null, 'is saved as UTF-16; save it as UTF-8') }
  // what is readable up to the fault, so that the fault has a line
  const bad = bytes.includes(0) ? bytes.indexOf(0) : isUtf8(bytes) ? -1 : firstBadByte(bytes)
  if (bad < 0) return { text: bytes.toString('utf8').replace(/^\uFEFF/, '') }
  const before = bytes.subarray(0, bad).toString('utf8')
  const what =
    bytes[bad] === 0 ? 'a zero byte: not a text file, or damaged by a power cut' : 'a byte that is not UTF-8; save the file as UTF-8'
  return { finding: createSource(file, `${before}\uFFFD`).finding('file-not-text', { start: before.length, end: before.length + 1 }, what) }
}

/** Offset of the first byte at which the text stops being UTF-8: the longest valid beginning, found by halving. */
const firstBadByte = (bytes: Buffer): number => {
  let valid = 0
  let end = bytes.length
  while (end - valid > 1) {
    const middle = (valid + end) >> 1
    if (decodes(bytes.subarray(0, middle))) valid = middle
    else end = middle
  }
  return valid
}

/** True for UTF-8 that may end within a character. */
const decodes = (bytes: Buffer): boolean => {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}
